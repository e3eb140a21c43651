import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/api-error.ts";

/** What a page keeps of what it asked; what is refused is not asked for again, what did not come is, three times. */
export function createQueries(): QueryClient {
  const isWorthAgain = (count: number, error: unknown): boolean =>
    count < 3 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
  return new QueryClient({
    defaultOptions: { queries: { retry: isWorthAgain, retryDelay: 800, networkMode: "always" } },
  });
}

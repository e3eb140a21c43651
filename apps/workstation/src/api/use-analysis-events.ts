import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { connection } from "./connection.ts";
import { ownAnswerer } from "./own-answers.ts";
import { serverUrl } from "./server-url.ts";

/** Keys of what changes with an analysis. */
export const measuredKeys = { results: ["results"], analyses: ["analyses"] } as const;

/** Milliseconds in which changes are gathered. */
const gatherMs = 400;

/** Asks results, analyses and readings anew when the server tells that one has changed. */
export function useAnalysisEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (ownAnswerer() !== undefined) return;
    const source = new EventSource(serverUrl("api/events"), { withCredentials: true });
    let timer: ReturnType<typeof setTimeout> | undefined;
    source.addEventListener("analysis", () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const queryKey of Object.values(measuredKeys)) queries.invalidateQueries({ queryKey });
      }, gatherMs);
    });
    source.addEventListener("reading", () => queries.invalidateQueries({ queryKey: ["reading"] }));
    source.addEventListener("error", () => connection.doubt());
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [queries]);
}

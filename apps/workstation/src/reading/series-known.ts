import type { OpenStudy } from "./use-stacks.ts";

/** Whether no series of a study is still to come: each has its stacks, or something failed and they never will. */
export function areSeriesKnown({
  isLoading,
  series,
  error,
}: Pick<OpenStudy, "isLoading" | "series" | "error">): boolean {
  return !isLoading && (error !== null || series.every(({ stacks }) => stacks !== undefined));
}

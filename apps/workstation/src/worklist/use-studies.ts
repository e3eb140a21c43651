import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { findAnalyses, findResults } from "../api/results.ts";
import { findStudies, type Study, type StudyFilter } from "../api/studies.ts";
import { measuredKeys } from "../api/use-analysis-events.ts";
import { badgesByStudy, type ResultBadge } from "./result-badges.ts";

/** Studies that one answer holds; the rest is asked for while these are shown. */
const pageSize = 500;

/** More are not listed: a filter finds what is beyond. */
const mostStudies = 20_000;

/** Milliseconds after which the list is asked for anew, as long as it is looked at. */
const askAgainMs = 30_000;

/** What the worklist shows. */
export interface ListedStudies {
  readonly studies: readonly Study[];
  readonly total: number;
  readonly isFirst: boolean;
  readonly error: unknown;
}

/** All studies that a filter finds, the first page at once and the others after it. */
export function useStudies(filter: StudyFilter): ListedStudies {
  const query = useInfiniteQuery({
    queryKey: ["studies", filter],
    queryFn: ({ pageParam, signal }) => findStudies(filter, { limit: pageSize, offset: pageParam, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.studies.length, 0);
      return last.studies.length === 0 || loaded >= Math.min(last.total, mostStudies) ? undefined : loaded;
    },
    placeholderData: (before) => before,
    refetchInterval: (state) => ((state.state.data?.pages.length ?? 0) > 1 ? false : askAgainMs),
  });
  const { hasNextPage, isFetching, fetchNextPage, data } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const studies = useMemo(() => data?.pages.flatMap((page) => page.studies) ?? [], [data]);
  return { studies, total: data?.pages.at(-1)?.total ?? 0, isFirst: data === undefined, error: query.error };
}

/** What was measured, by study. */
export function useBadges(): ReadonlyMap<string, readonly ResultBadge[]> {
  const results = useQuery({ queryKey: measuredKeys.results, queryFn: () => findResults() });
  const analyses = useQuery({ queryKey: measuredKeys.analyses, queryFn: () => findAnalyses() });
  return useMemo(() => badgesByStudy(results.data ?? [], analyses.data ?? []), [results.data, analyses.data]);
}

import type { Ledger } from "@etalon/volume";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SeriesSummary } from "../api/series.ts";
import type { Study } from "../api/studies.ts";
import { seriesOptions, studyOptions } from "../api/study-queries.ts";
import { loadNow } from "../viewport/picture-store.ts";
import type { PictureStack } from "./picture-stacks.ts";
import { openingPicture, readStacks, stacksOptions } from "./stacks-query.ts";

/** A series with what is known of its pictures. */
export interface OpenSeries {
  readonly summary: SeriesSummary;
  /** Absent while its metadata are read. */
  readonly stacks: readonly PictureStack[] | undefined;
  /** Where each object went; absent while its metadata are read. */
  readonly ledger: Ledger | undefined;
}

/** A study as it is read. */
export interface OpenStudy {
  readonly study: Study | undefined;
  readonly series: readonly OpenSeries[];
  readonly isLoading: boolean;
  readonly error: unknown;
}

/** A study, its series, and the stacks of each; nothing of no study. */
export function useOpenStudy(asked: string | undefined): OpenStudy {
  const studyInstanceUid = asked ?? "";
  const enabled = asked !== undefined;
  const queries = useQueryClient();
  const study = useQuery({ ...studyOptions(studyInstanceUid), enabled });
  const list = useQuery({ ...seriesOptions(studyInstanceUid), enabled });
  const summaries = list.data ?? [];
  const [largest] = [...summaries].sort((a, b) => b.instanceCount - a.instanceCount);
  const metadata = useQueries({
    queries: summaries.map((summary) => ({
      ...stacksOptions(queries, studyInstanceUid, summary),
      queryFn: async () => {
        const read = await readStacks(queries, studyInstanceUid, summary);
        // Before the page draws what stands around it. What fails is asked for again by who shows it.
        const opening = summary === largest ? openingPicture(read.stacks, studyInstanceUid) : undefined;
        if (opening !== undefined) loadNow(opening.picture).catch(() => {});
        return read;
      },
    })),
  });
  const known = metadata.map(({ data }) => data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is made anew each time, its stacks are not.
  const series = useMemo(
    () => summaries.map((summary, at) => ({ summary, stacks: known[at]?.stacks, ledger: known[at]?.ledger })),
    [list.data, ...known],
  );
  const isLoading = study.isPending || list.isPending;
  const error = study.error ?? list.error ?? metadata.find(({ error: one }) => one !== null)?.error ?? null;
  return useMemo(
    () => ({ study: study.data ?? undefined, series, isLoading, error }),
    [study.data, series, isLoading, error],
  );
}

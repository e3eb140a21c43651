import { queryOptions } from "@tanstack/react-query";
import { findSeries, readSeriesMetadata, type SeriesSummary } from "./series.ts";
import { findStudy } from "./studies.ts";

/** Milliseconds in which what was just asked for is not asked for again. */
const freshMs = 5000;

/** Milliseconds that metadata are kept as they came: they are needed once, to make stacks of them. */
const metadataMs = 10_000;

/** One study, null where there is none. */
export function studyOptions(studyInstanceUid: string) {
  return queryOptions({
    queryKey: ["study", studyInstanceUid],
    queryFn: async () => (await findStudy(studyInstanceUid)) ?? null,
    staleTime: freshMs,
  });
}

/** The series of a study. */
export function seriesOptions(studyInstanceUid: string) {
  return queryOptions({
    queryKey: ["series", studyInstanceUid],
    queryFn: () => findSeries(studyInstanceUid),
    staleTime: freshMs,
  });
}

/** The metadata of a series as long as it has as many objects. */
export function metadataOptions(
  studyInstanceUid: string,
  { seriesInstanceUid, instanceCount }: Pick<SeriesSummary, "seriesInstanceUid" | "instanceCount">,
) {
  return queryOptions({
    queryKey: ["metadata", studyInstanceUid, seriesInstanceUid, instanceCount],
    queryFn: () => readSeriesMetadata(studyInstanceUid, seriesInstanceUid),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: metadataMs,
    structuralSharing: false,
  });
}

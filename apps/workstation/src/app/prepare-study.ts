import type { QueryClient } from "@tanstack/react-query";
import { metadataOptions, seriesOptions, studyOptions } from "../api/study-queries.ts";

/**
 * Asks for what a study begins with while the page's own parts are still being loaded: the study, its series, and the metadata
 * of the series with the most objects. What is refused is asked for again by who needs it.
 */
export async function prepareStudy(queries: QueryClient, studyInstanceUid: string): Promise<void> {
  const [series] = await Promise.all([
    queries.ensureQueryData(seriesOptions(studyInstanceUid)).catch(() => []),
    queries.prefetchQuery(studyOptions(studyInstanceUid)),
  ]);
  const [largest] = [...series].sort((a, b) => b.instanceCount - a.instanceCount);
  if (largest !== undefined) await queries.prefetchQuery(metadataOptions(studyInstanceUid, largest));
}

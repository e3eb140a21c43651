import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { SeriesSummary } from "../api/series.ts";
import { metadataOptions } from "../api/study-queries.ts";
import type { Picture } from "../picture/picture.ts";
import { readSeriesObjects } from "../picture/read-pictures.ts";
import { hangingStages } from "./hanging.ts";
import { type PictureStack, pictureStacks } from "./picture-stacks.ts";

/** The stacks of a series, and where each object of it went, as long as it has as many objects. */
export function stacksOptions(queries: QueryClient, studyInstanceUid: string, summary: SeriesSummary) {
  return queryOptions({
    queryKey: ["stacks", studyInstanceUid, summary.seriesInstanceUid, summary.instanceCount],
    queryFn: () => readStacks(queries, studyInstanceUid, summary),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

/** Makes stacks of the metadata of a series, which are asked for once. */
export async function readStacks(queries: QueryClient, studyInstanceUid: string, summary: SeriesSummary) {
  return pictureStacks(readSeriesObjects(await queries.fetchQuery(metadataOptions(studyInstanceUid, summary))));
}

/** The picture that a study opens with, and its stack; nothing where there is none. */
export function openingPicture(
  stacks: readonly PictureStack[],
  studyInstanceUid: string,
): { readonly stack: PictureStack; readonly picture: Picture } | undefined {
  const [shown] = hangingStages(stacks, studyInstanceUid)[0]?.stackIds ?? [];
  const stack = stacks.find(({ id }) => id === shown);
  const [picture] = stack?.pictures ?? [];
  return stack === undefined || picture === undefined ? undefined : { stack, picture };
}

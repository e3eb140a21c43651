import type { QueryClient } from "@tanstack/react-query";
import { seriesOptions } from "../api/study-queries.ts";
import { openingPicture, stacksOptions } from "../reading/stacks-query.ts";
import { loadAhead, loadNow, prepareDecoding } from "../viewport/picture-store.ts";
import { placeEarlyPicture } from "./early-picture.ts";

/**
 * Shows the picture that a study opens with before the page has started. What was asked for is there when the page asks. Where
 * anything fails there is no picture: the page says what is wrong.
 */
export async function showStudyEarly(queries: QueryClient, studyInstanceUid: string): Promise<void> {
  try {
    prepareDecoding();
    const series = await queries.fetchQuery(seriesOptions(studyInstanceUid));
    const [largest] = [...series].sort((a, b) => b.instanceCount - a.instanceCount);
    if (largest === undefined) return;
    const { stacks } = await queries.fetchQuery(stacksOptions(queries, studyInstanceUid, largest));
    const opening = openingPicture(stacks, studyInstanceUid);
    if (opening === undefined) return;
    const decoded = await loadNow(opening.picture);
    placeEarlyPicture(opening.picture, decoded, opening.stack.axes.length);
    // The others come while the page starts, in their order; who looks at one of them has it hurried.
    for (const picture of opening.stack.pictures) loadAhead(picture).catch(() => {});
  } catch {
    // The page asks again, and says why it does not come.
  }
}

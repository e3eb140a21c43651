import { useMemo } from "react";
import { measurementsOnly } from "../marks/reading-draft.ts";
import type { Reading } from "../panel/reading-context.ts";
import { type ReadingSync, useReadingSync } from "../report/use-reading-sync.ts";
import type { Room } from "./room-context.ts";
import { areSeriesKnown } from "./series-known.ts";

/**
 * What was drawn on a study without a protocol, kept as readings are. It is opened once it is known whose the next mark is: after
 * the reading of the protocol at work, or when all series are known and none fits.
 */
export function useMeasurements(
  studyInstanceUid: string,
  { open, hasShown, marks }: Room,
  reading: Reading | undefined,
): ReadingSync | undefined {
  const isNext = reading === undefined ? hasShown && areSeriesKnown(open) : reading.sync.saveState !== "opening";
  const place = useMemo(() => ({ studyInstanceUid, protocolId: measurementsOnly }), [studyInstanceUid]);
  return useReadingSync(isNext ? place : undefined, marks);
}

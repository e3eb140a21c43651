import { DicomError } from "@etalon/base";
import { numbersOf } from "./attribute-values.ts";
import type { DataSet } from "./data-set.ts";
import { functionalGroupsOf, groupedFrame, groupsOfFrame, plainFrame } from "./functional-groups.ts";
import type { FrameHeader } from "./instance.ts";

/** A number of frames beyond this is a damaged header: the largest whole-slide images stay under it. */
const maximumFrames = 500_000;

/**
 * The frames of an image, in stored order. An object without functional groups says its attributes once for all frames;
 * a position once said holds for a single frame only, unless GridFrameOffsetVector (RT Dose) carries it on.
 *
 * @param image number of frames from 1, and what the pixel data could hold at most
 * @throws DicomError `dicom-malformed` where there cannot be so many frames
 */
export function readFrameHeaders(
  dataSet: DataSet,
  image: { readonly numberOfFrames: number; readonly framesInPixelData: number },
  file: string,
): readonly FrameHeader[] {
  const { numberOfFrames } = image;
  const limit = Math.min(maximumFrames, Math.max(1, image.framesInPixelData));
  if (numberOfFrames > limit || numberOfFrames < 1 || !Number.isInteger(numberOfFrames)) {
    const tag = "(0028,0008)";
    const reason = `NumberOfFrames ${numberOfFrames} where there can be 1 to ${limit}`;
    throw new DicomError("dicom-malformed", {
      file,
      field: tag,
      received: numberOfFrames,
      details: { tag, offset: 0, reason },
    });
  }
  const groups = functionalGroupsOf(dataSet);
  if (groups.shared.length + groups.perFrame.length === 0) return plainFrames(dataSet, numberOfFrames);
  const { positionLpsMm, ...unplaced } = plainFrame(dataSet);
  const plain = numberOfFrames === 1 && positionLpsMm !== undefined ? { ...unplaced, positionLpsMm } : unplaced;
  return Array.from({ length: numberOfFrames }, (_, frameIndex) =>
    groupedFrame(groupsOfFrame(groups, frameIndex), plain, frameIndex),
  );
}

function plainFrames(dataSet: DataSet, count: number): readonly FrameHeader[] {
  const frame = plainFrame(dataSet);
  if (count === 1) return [{ ...frame, frameIndex: 0 }];
  const { positionLpsMm, ...unplaced } = frame;
  const offsetsMm = numbersOf(dataSet, "3004000C", count);
  return Array.from({ length: count }, (_, frameIndex) => ({
    ...unplaced,
    ...(offsetsMm === undefined ? {} : movedPosition(frame, offsetsMm[frameIndex] - offsetsMm[0])),
    frameIndex,
  }));
}

/** RT Dose: frames lie along the normal of the first one (PS3.3 C.8.8.3.2). */
function movedPosition(frame: Omit<FrameHeader, "frameIndex">, distanceMm: number): Pick<FrameHeader, "positionLpsMm"> {
  const { positionLpsMm: p, orientation: o } = frame;
  if (p === undefined || o === undefined) return {};
  const normal = [o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]];
  return {
    positionLpsMm: [p[0] + normal[0] * distanceMm, p[1] + normal[1] * distanceMm, p[2] + normal[2] * distanceMm],
  };
}

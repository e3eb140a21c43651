import type { FrameHeader, FramePixels, InstanceHeader } from "@etalon/dicom";

/** Where rescaled values go; `padding` appears with the first padded voxel. */
export interface RescaleTarget {
  readonly values: Int16Array | Float32Array;
  readonly padding?: Uint8Array;
}

/** The stored samples of one frame and how they become values. */
export interface RescaleSource {
  readonly samples: FramePixels["samples"];
  readonly frame: Pick<FrameHeader, "rescaleSlope" | "rescaleIntercept">;
  readonly pixelPadding?: NonNullable<InstanceHeader["pixelPadding"]>;
}

const int16Smallest = -32768;
const int16Largest = 32767;

/** Whether all values of a frame (integer slope and intercept) are integers that 16 bits hold. */
export function fitsInt16(
  samples: FramePixels["samples"],
  { rescaleSlope, rescaleIntercept }: RescaleSource["frame"],
): boolean {
  if (samples instanceof Float32Array || samples instanceof Float64Array) return false;
  let smallest = samples[0];
  let largest = smallest;
  for (let i = 1; i < samples.length; i++) {
    const sample = samples[i];
    if (sample < smallest) smallest = sample;
    if (sample > largest) largest = sample;
  }
  const atSmallest = smallest * rescaleSlope + rescaleIntercept;
  const atLargest = largest * rescaleSlope + rescaleIntercept;
  return Math.min(atSmallest, atLargest) >= int16Smallest && Math.max(atSmallest, atLargest) <= int16Largest;
}

/**
 * Writes value = stored × slope + intercept (double precision, rounded once on storing) from `offset` on, and marks the
 * voxels whose stored value lies in the padding range, ends included.
 */
export function rescaleInto(target: RescaleTarget, source: RescaleSource, offset: number): RescaleTarget {
  const { values } = target;
  const { samples, frame, pixelPadding } = source;
  const { rescaleSlope: slope, rescaleIntercept: intercept } = frame;
  for (let i = 0; i < samples.length; i++) values[offset + i] = samples[i] * slope + intercept;
  if (pixelPadding === undefined) return target;
  const low = Math.min(pixelPadding[0], pixelPadding[1]);
  const high = Math.max(pixelPadding[0], pixelPadding[1]);
  let padding = target.padding;
  for (let i = 0; i < samples.length; i++) {
    if (samples[i] < low || samples[i] > high) continue;
    padding ??= new Uint8Array(values.length);
    padding[offset + i] = 1;
  }
  return padding === undefined ? target : { values, padding };
}

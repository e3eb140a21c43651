import { compareText } from "./compare.ts";
import type { PlanarFrame } from "./planar-frame.ts";
import { dot, type Vector3 } from "./vector3.ts";

/** A frame, its signed distance along the normal, and the index of its slice. */
export interface SlicedFrame<Frame extends PlanarFrame> {
  readonly frame: Frame;
  readonly alongNormalMm: number;
  readonly slice: number;
}

/** Frames in slices: ordered by slice, frames of one slice by data set hash, path and frame index. */
export interface SlicedFrames<Frame extends PlanarFrame> {
  readonly frames: readonly SlicedFrame<Frame>[];
  /** Position of each slice along the normal, ascending, mm: that of its lowest frame. */
  readonly positionsMm: readonly number[];
}

/**
 * Frames within 0.01 mm of the lowest of them lie in one slice: a tenth of the finest reconstruction increment, above the
 * rounding of positions written with two decimals or through single precision.
 */
export const positionToleranceMm = 0.01;

/** Sorts frames by their position along the normal; instance numbers and slice locations have no say. */
export function sliceFrames<Frame extends PlanarFrame>(frames: readonly Frame[], normal: Vector3): SlicedFrames<Frame> {
  const along = frames.map((frame) => ({ frame, alongNormalMm: dot(frame.header.positionLpsMm, normal) }));
  along.sort((a, b) => a.alongNormalMm - b.alongNormalMm);
  const positionsMm: number[] = [];
  const sliced = along.map(({ frame, alongNormalMm }): SlicedFrame<Frame> => {
    const last = positionsMm.at(-1);
    if (last === undefined || alongNormalMm - last > positionToleranceMm) positionsMm.push(alongNormalMm);
    return { frame, alongNormalMm, slice: positionsMm.length - 1 };
  });
  sliced.sort((a, b) => a.slice - b.slice || compareIdentity(a.frame, b.frame));
  return { frames: sliced, positionsMm };
}

/** An order of frames that depends on what they hold and not on when they came. */
export function compareIdentity(a: PlanarFrame, b: PlanarFrame): number {
  return (
    compareText(a.instance.dataSetSha256, b.instance.dataSetSha256) ||
    compareText(a.instance.path, b.instance.path) ||
    a.header.frameIndex - b.header.frameIndex
  );
}

import type { PlanarFrame } from "./planar-frame.ts";
import type { SlicedFrame, SlicedFrames } from "./slice-frames.ts";

/** Acquisitions that together cover the body once, without overlap. */
export interface Sweep<Frame extends PlanarFrame> {
  readonly acquisitionNumbers: readonly number[];
  readonly frames: readonly Frame[];
}

/** More sweeps than this are no repeated scan; the frames then stay together. */
const mostSweeps = 16;

/**
 * Splits frames by AcquisitionNumber into sweeps: acquisitions in ascending order, each joining the first sweep whose
 * slices it does not overlap, so that a step-and-shoot scan (one acquisition per table position) stays whole and its
 * repetition becomes a second sweep. Empty when a frame has no acquisition number, when one acquisition holds two frames
 * of one slice, or when there would be more than 16 sweeps.
 */
export function splitSweeps<Frame extends PlanarFrame>(sliced: SlicedFrames<Frame>): readonly Sweep<Frame>[] {
  const acquisitions = new Map<number, SlicedFrame<Frame>[]>();
  for (const frame of sliced.frames) {
    const number = frame.frame.header.axes.acquisitionNumber;
    if (number === undefined) return [];
    const frames = acquisitions.get(number);
    if (frames === undefined) acquisitions.set(number, [frame]);
    // Frames come in slice order, so two of one slice are neighbours.
    else if (frames.at(-1)?.slice === frame.slice) return [];
    else frames.push(frame);
  }
  const sweeps: { readonly numbers: number[]; readonly frames: Frame[]; readonly covered: Uint8Array }[] = [];
  for (const number of [...acquisitions.keys()].sort((a, b) => a - b)) {
    const frames = acquisitions.get(number) ?? [];
    const low = frames[0].slice;
    const high = (frames.at(-1) ?? frames[0]).slice;
    let sweep = sweeps.find(({ covered }) => !covered.subarray(low, high + 1).includes(1));
    if (sweep === undefined) {
      if (sweeps.length === mostSweeps) return [];
      sweep = { numbers: [], frames: [], covered: new Uint8Array(sliced.positionsMm.length) };
      sweeps.push(sweep);
    }
    sweep.covered.fill(1, low, high + 1);
    sweep.numbers.push(number);
    for (const { frame } of frames) sweep.frames.push(frame);
  }
  return sweeps.map(({ numbers, frames }) => ({ acquisitionNumbers: numbers, frames }));
}

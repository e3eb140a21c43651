import type { Stack, StackFrame } from "./ledger.ts";
import { positionToleranceMm } from "./slice-frames.ts";

/**
 * The part of a stack that some of its frames make: one phase of a cine, one echo. It has no axes; where two of the frames
 * lie at one position, `hasUnresolvedDuplicates` says so. Slices that have no such frame are not in it.
 */
export function stackOfFrames(stack: Stack, isWanted: (frame: StackFrame) => boolean): Stack {
  const frames = stack.frames.filter(isWanted);
  const positionsMm: number[] = [];
  let hasUnresolvedDuplicates = false;
  for (const { alongNormalMm } of frames) {
    const last = positionsMm.at(-1);
    if (last === undefined || alongNormalMm - last > positionToleranceMm) positionsMm.push(alongNormalMm);
    else hasUnresolvedDuplicates = true;
  }
  return { ...stack, frames, slicePositionsMm: positionsMm, axes: [], hasUnresolvedDuplicates };
}

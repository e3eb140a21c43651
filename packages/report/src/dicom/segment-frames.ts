import type { ItemMask } from "@etalon/measure";

/** One frame of a binary segmentation: a slice of one segment. */
export interface SegmentFrame {
  /** From 1. */
  readonly segment: number;
  /** Index of the slice in the grid. */
  readonly slice: number;
  /** Indexes of its voxels in the slice, ascending. */
  readonly pixels: readonly number[];
}

/** The slices that each item of a mask has voxels in, by item and slice; empty slices have no frame. */
export function segmentFrames({ grid, items }: ItemMask): SegmentFrame[] {
  const perSlice = grid.rows * grid.columns;
  return items.flatMap(({ voxels }, index) => {
    const slices = new Map<number, number[]>();
    for (const voxel of voxels) {
      const slice = Math.floor(voxel / perSlice);
      const pixels = slices.get(slice);
      if (pixels === undefined) slices.set(slice, [voxel % perSlice]);
      else pixels.push(voxel % perSlice);
    }
    return [...slices].map(([slice, pixels]) => ({ segment: index + 1, slice, pixels }));
  });
}

/** Frames of one bit a pixel, one after the other without a gap, the first pixel in the lowest bit (PS3.5 section 8.1.1). */
export function packFrames(frames: readonly SegmentFrame[], pixelsPerFrame: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((frames.length * pixelsPerFrame) / 8));
  frames.forEach(({ pixels }, frame) => {
    for (const pixel of pixels) {
      const bit = frame * pixelsPerFrame + pixel;
      bytes[bit >>> 3] |= 1 << (bit & 7);
    }
  });
  return bytes;
}

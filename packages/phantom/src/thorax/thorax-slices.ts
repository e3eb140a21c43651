import { binomialBlurNoiseGain, blurBinomial } from "../blur-binomial.ts";
import { type AxialGrid, rasteriseSlice, type Scene } from "../rasterise-slice.ts";
import { sliceNoise } from "../slice-noise.ts";
import type { ThoraxPhantomOptions } from "./thorax-options.ts";

/** One slice of HU values. */
export interface HuSlice {
  /** Position in the stack, 0 at the feet. */
  readonly index: number;
  readonly centreZMm: number;
  /** Shape [row, column]. */
  readonly values: Float32Array;
}

/** What the scan covers along z, mm: the heart with its fat (119 mm) and some room. */
const scanRangeZMm = [-69, 69] as const;

/** Patient y at the middle of the image, mm: chest and couch together. */
const imageCentreYMm = 15;

/** How many slices cover the scan range. */
export function thoraxSliceCount(incrementMm: number): number {
  // The small subtraction keeps a quotient like 138 / 1.2 = 115.00000000000001 from adding a slice.
  return Math.ceil((scanRangeZMm[1] - scanRangeZMm[0]) / incrementMm - 1e-6);
}

/** Centre of a slice along z, mm: the first box, or the first increment when larger, begins at the end of the range. */
export function thoraxSliceZ(options: ThoraxPhantomOptions, index: number): number {
  const firstMm = scanRangeZMm[0] + Math.max(options.thicknessMm, options.incrementMm) / 2;
  return Math.round((firstMm + index * options.incrementMm) * 1e6) / 1e6;
}

/** The pixel grid of a phantom: square pixels, chest and couch in the middle. */
export function thoraxGrid(options: ThoraxPhantomOptions): AxialGrid {
  const spacingMm = Math.round((options.fieldOfViewMm / options.columns) * 1e6) / 1e6;
  return {
    columns: options.columns,
    rows: options.rows,
    spacingMm,
    originXyMm: [(-spacingMm * (options.columns - 1)) / 2, imageCentreYMm - (spacingMm * (options.rows - 1)) / 2],
  };
}

/**
 * The slices of a scene from the feet to the head, HU before rounding: bodies averaged over each voxel, white noise, then
 * the blur of the scanner (binomial, SD √½ pixel along each axis) on both, so that noise has the grain of a soft kernel
 * and, after it, the SD that was asked for. `values` is used again for the next slice.
 */
export function* thoraxHuSlices(scene: Scene, options: ThoraxPhantomOptions): Generator<HuSlice> {
  const grid = thoraxGrid(options);
  const values = new Float32Array(grid.columns * grid.rows);
  const scratch = new Float32Array(grid.columns);
  const addNoise = sliceNoise({ ...options, pixels: values.length });
  for (let index = 0; index < thoraxSliceCount(options.incrementMm); index++) {
    const centreZMm = thoraxSliceZ(options, index);
    rasteriseSlice(scene, { grid, centreZMm, thicknessMm: options.thicknessMm }, values);
    addNoise(index, values, 1 / binomialBlurNoiseGain);
    blurBinomial(values, grid.columns, scratch);
    yield { index, centreZMm, values };
  }
}

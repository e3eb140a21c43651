import type { WeightedImage } from "../protocol.ts";

/** Corners are squares of this share of the shorter side. */
const cornerShare = 1 / 12;

/** Median of a Rayleigh distribution in units of its σ, √(2 ln 2): magnitudes of pure noise. */
const rayleighMedian = 1.1774100225154747;

/**
 * Standard deviation of the noise of magnitude images, signal units: of the four corners of every image the one of lowest
 * median is taken as air. `null` where a corner is empty (the background was cut away) and nothing can be said.
 */
export function noiseLevel(images: readonly WeightedImage[]): number | null {
  let lowest = Number.POSITIVE_INFINITY;
  for (const { volume } of images) {
    const { columns, rows, slices, values } = volume;
    const side = Math.max(2, Math.floor(Math.min(columns, rows) * cornerShare));
    for (const [left, top] of [
      [0, 0],
      [columns - side, 0],
      [0, rows - side],
      [columns - side, rows - side],
    ]) {
      const corner: number[] = [];
      for (let k = 0; k < slices; k++) {
        for (let y = top; y < top + side; y++) {
          for (let x = left; x < left + side; x++) corner.push(Math.abs(values[(k * rows + y) * columns + x]));
        }
      }
      corner.sort((a, b) => a - b);
      const median = corner[Math.floor(corner.length / 2)];
      lowest = Math.min(lowest, median);
    }
  }
  return lowest > 0 && Number.isFinite(lowest) ? lowest / rayleighMedian : null;
}

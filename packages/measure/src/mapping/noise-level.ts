import type { WeightedImage } from "../protocol.ts";

/** Corners are squares of this share of the shorter side. */
const cornerShare = 1 / 12;

/** A corner of which less holds anything was cut away. */
const leastFilled = 0.5;

/** Air is darker than this share of the mean of the brightest image: where no corner is, the body fills the image. */
const brightestAir = 0.2;

/** Median of a Rayleigh distribution in units of its σ, √(2 ln 2): magnitudes of pure noise. */
const rayleighMedian = 1.1774100225154747;

/**
 * Standard deviation of the noise of magnitude images, signal units: of the four corners of all images the one of lowest
 * median is taken as air, empty voxels left aside. `null` where every corner is cut away or in the body, and nothing can be said.
 */
export function noiseLevel(images: readonly WeightedImage[]): number | null {
  const [{ volume }] = images;
  const { columns, rows } = volume;
  const side = Math.max(2, Math.floor(Math.min(columns, rows) * cornerShare));
  const corners = [
    [0, 0],
    [columns - side, 0],
    [0, rows - side],
    [columns - side, rows - side],
  ] as const;
  const medians = corners.flatMap(([left, top]) => {
    const values = images.flatMap((image) => cornerValues(image, { left, top, side }));
    const filled = values.filter((value) => value > 0).sort((a, b) => a - b);
    return filled.length < leastFilled * values.length ? [] : [filled[Math.floor(filled.length / 2)]];
  });
  const lowest = Math.min(...medians);
  const brightest = Math.max(...images.map((image) => meanMagnitude(image.volume.values)));
  return lowest < brightestAir * brightest ? lowest / rayleighMedian : null;
}

function meanMagnitude(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum / values.length;
}

function cornerValues(
  { volume }: WeightedImage,
  { left, top, side }: { readonly left: number; readonly top: number; readonly side: number },
): number[] {
  const { columns, rows, slices, values } = volume;
  const found: number[] = [];
  for (let k = 0; k < slices; k++) {
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) found.push(Math.abs(values[(k * rows + y) * columns + x]));
    }
  }
  return found;
}

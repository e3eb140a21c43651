import { fillNormal } from "./fill-normal.ts";

/** How a stack of slices lies along z and how noisy it is. */
export interface SliceNoiseOptions {
  /** Pixels of one slice. */
  readonly pixels: number;
  readonly thicknessMm: number;
  readonly incrementMm: number;
  /** SD of one pixel of a 3 mm slice, HU. */
  readonly noiseSdHu: number;
  /** Integer 0..2³² − 1. */
  readonly seed: number;
}

/** The thickness that `noiseSdHu` is stated for, mm: the slice of the Agatston protocol. */
const referenceThicknessMm = 3;

/**
 * White noise of a stack of slices: a function that adds the noise of slice k (HU, times `gain`) to its pixels.
 *
 * Along z the body is cut into cells of one increment, each with its own independent field of SD
 * s = noiseSdHu · √(3 / increment). A slice of thickness t averages the m = ⌈t / increment⌉ cells it begins in, by the
 * length wᵢ·t of each that it covers. With m whole cells its SD is s/√m = noiseSdHu · √(3 / t): noise falls with the
 * square root of the thickness, as photon statistics ask. Neighbours share cells: at 2.5 mm every 1.25 mm they share one
 * of two and correlate by 0.5. Where t is no whole number of cells, the sum is scaled by √(increment / t / Σ wᵢ²) to keep
 * that SD. Slices with gaps between them have one cell each.
 */
export function sliceNoise(options: SliceNoiseOptions): (slice: number, out: Float32Array, gain: number) => void {
  const { thicknessMm, incrementMm, noiseSdHu, seed } = options;
  const weights = cellWeights(thicknessMm, incrementMm);
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  const sliceSdHu = noiseSdHu * Math.sqrt(referenceThicknessMm / thicknessMm);
  const factor = sliceSdHu / Math.sqrt(squares);
  const cells = new Map<number, Float32Array>();
  const cell = (index: number): Float32Array => {
    const known = cells.get(index);
    if (known !== undefined) return known;
    const oldest = cells.size < weights.length ? undefined : cells.keys().next().value;
    const field = (oldest === undefined ? undefined : cells.get(oldest)) ?? new Float32Array(options.pixels);
    if (oldest !== undefined) cells.delete(oldest);
    fillNormal(field, seed, index);
    cells.set(index, field);
    return field;
  };
  return (slice, out, gain) => {
    if (noiseSdHu === 0) return;
    for (const [offset, weight] of weights.entries()) {
      const field = cell(slice + offset);
      const scale = weight * factor * gain;
      for (let pixel = 0; pixel < out.length; pixel++) out[pixel] = out[pixel] + scale * field[pixel];
    }
  };
}

/** The share of each cell in a slice that begins where its first cell begins; they add up to 1. */
function cellWeights(thicknessMm: number, incrementMm: number): readonly number[] {
  const weights: number[] = [];
  // A rest below a thousandth of a cell is rounding of the two lengths, not a cell.
  for (let rest = thicknessMm / incrementMm; rest > 1e-3; rest -= 1) {
    weights.push((Math.min(1, rest) * incrementMm) / thicknessMm);
  }
  return thicknessMm <= incrementMm ? [1] : weights;
}

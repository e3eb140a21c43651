import { InputError, RefusalError } from "@etalon/base";
import type { RateOutcome } from "@etalon/kernels";
import type { WeightedImage, WeightedInput } from "../protocol.ts";

/**
 * Why a voxel has no value, by the number that stands in the map of reasons: 0 has one, 1 no signal at all, 2 its signal is
 * too low for its noise, 3 no curve of the model fits it, 4 the fit did not converge, 5 the best value lies outside the
 * range, 6 too few images are above the noise.
 */
export const fitReasons = [
  "fitted",
  "noSignal",
  "belowSnr",
  "noCurve",
  "notConverged",
  "outOfRange",
  "tooFewImages",
] as const;

/** What a fitter writes of one voxel; made once, written over by each fit. */
export interface VoxelFit {
  /** In the map's unit. */
  value: number;
  /** Sum of squared residuals, and of squared deviations of the signal from its mean. */
  squares: number;
  total: number;
  /** Images that the fit used. */
  used: number;
}

/** Fits the signal of one voxel; how it ended decides whether the value counts. */
export type VoxelFitter = (signal: Float64Array, fit: VoxelFit) => RateOutcome | "too-few-images";

/** How a map is fitted. */
export interface MapFitOptions {
  /** A fitter for the weightings of one slice. */
  readonly fitterOf: (slice: number) => VoxelFitter;
  /** Noise, signal units; `null` when it is not known, and then every voxel with signal is fitted. */
  readonly noise: number | null;
  readonly minimumSnr: number;
}

/** Values and quality of every voxel; shape [z, y, x]; 0 where there is no value. */
export interface FittedVoxels {
  readonly values: Float32Array;
  /** Root mean square of the residuals, signal units. */
  readonly residuals: Float32Array;
  /** Coefficient of determination, at most 1. */
  readonly rSquared: Float32Array;
  readonly used: Float32Array;
  /** Index of {@link fitReasons}. */
  readonly reasons: Float32Array;
}

/**
 * Fits every voxel of the images, or the voxels named.
 *
 * @throws {InputError} `not-finite` for a voxel of an image that is no number
 */
export function fitVoxels(
  images: readonly WeightedImage[],
  { fitterOf, noise, minimumSnr }: MapFitOptions,
  voxels?: Int32Array,
): FittedVoxels {
  const [{ volume }] = images;
  const size = volume.values.length;
  const perSlice = volume.columns * volume.rows;
  const map = emptyMap(size);
  const planes = images.map((image) => image.volume.values);
  const signal = new Float64Array(images.length);
  const fit: VoxelFit = { value: 0, squares: 0, total: 0, used: 0 };
  const lowest = noise === null ? 0 : noise * minimumSnr;
  const count = voxels === undefined ? size : voxels.length;
  let [fitter, fitterSlice] = [fitterOf(0), 0];
  for (let n = 0; n < count; n++) {
    const v = voxels === undefined ? n : voxels[n];
    let most = 0;
    for (let i = 0; i < planes.length; i++) {
      signal[i] = planes[i][v];
      most = Math.max(most, Math.abs(signal[i]));
    }
    // Of any value that is no number the maximum is none either.
    if (!(most < Number.POSITIVE_INFINITY)) throw new InputError("not-finite", "voxel", most);
    if (most === 0 || most < lowest) {
      map.reasons[v] = most === 0 ? 1 : 2;
      continue;
    }
    const slice = Math.floor(v / perSlice);
    if (slice !== fitterSlice) [fitter, fitterSlice] = [fitterOf(slice), slice];
    keep(map, v, { outcome: fitter(signal, fit), fit });
  }
  return map;
}

function emptyMap(size: number): FittedVoxels {
  return {
    values: new Float32Array(size),
    residuals: new Float32Array(size),
    rSquared: new Float32Array(size),
    used: new Float32Array(size),
    reasons: new Float32Array(size),
  };
}

const reasonOf = {
  converged: 0,
  "no-curve": 3,
  "not-converged": 4,
  "at-bound": 5,
  "too-few-images": 6,
} as const;

function keep(
  map: FittedVoxels,
  voxel: number,
  { outcome, fit }: { readonly outcome: RateOutcome | "too-few-images"; readonly fit: VoxelFit },
): void {
  map.reasons[voxel] = reasonOf[outcome];
  if (outcome !== "converged") return;
  map.values[voxel] = fit.value;
  map.residuals[voxel] = Math.sqrt(fit.squares / fit.used);
  map.rSquared[voxel] = fit.total > 0 ? 1 - fit.squares / fit.total : 0;
  map.used[voxel] = fit.used;
}

/** Sum of squared deviations from the mean of the first values. */
export function totalSquares(signal: Float64Array, count: number): number {
  let mean = 0;
  for (let i = 0; i < count; i++) mean += signal[i];
  mean /= count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (signal[i] - mean) * (signal[i] - mean);
  return squares;
}

/**
 * Refuses images that hold nothing.
 *
 * @throws {RefusalError} `no-signal` when every voxel of every image is 0
 */
export function requireSignal(role: string, { images }: WeightedInput): void {
  if (images.some(({ volume }) => volume.values.some((value) => value !== 0))) return;
  throw new RefusalError("no-signal", { field: role, received: 0 });
}

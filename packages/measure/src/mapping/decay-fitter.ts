import { decayCurve, fitRate, prepareRateModel, type RateFit, type RateModel, spreadRates } from "@etalon/kernels";
import type { WeightedImage } from "../protocol.ts";
import { totalSquares, type VoxelFitter } from "./fit-map.ts";

/** Steps of the grid of rates: neighbours differ by a factor of about 1.3. */
const gridSteps = 32;

/** How a decay is fitted. */
export interface DecayOptions {
  readonly slice: number;
  readonly range: { readonly shortest: number; readonly longest: number };
  readonly hasOffset: boolean;
  /** Images from the first below this on are left out, signal units; none are when absent. */
  readonly floor?: number;
}

/** Points that a truncated decay keeps at least: two unknowns, and one to see how well they fit. */
const fewestPoints = 3;

/** A fitter of S₀·exp(−t/T), with an offset or without, for the weightings of one slice; the value is T. */
export function decayFitter(
  images: readonly WeightedImage[],
  { slice, range, hasOffset, floor }: DecayOptions,
): VoxelFitter {
  const times = Float64Array.from(images, (image) => image.weightings[slice]);
  const rates = spreadRates(1 / range.longest, 1 / range.shortest, gridSteps);
  const modelOf = (points: number): RateModel =>
    prepareRateModel({ points, curve: decayCurve(times.subarray(0, points)), hasOffset, sign: 1, rates });
  const whole = modelOf(times.length);
  const truncated: (RateModel | undefined)[] = [];
  if (floor !== undefined) for (let n = fewestPoints; n < times.length; n++) truncated[n] = modelOf(n);
  const rate: RateFit = { rate: 0, amplitude: 0, offset: 0, squares: 0 };
  return (signal, fit) => {
    let points = times.length;
    if (floor !== undefined) {
      points = 0;
      while (points < times.length && signal[points] >= floor) points++;
      if (points < fewestPoints) return "too-few-images";
    }
    const outcome = fitRate(truncated[points] ?? whole, signal, rate);
    fit.value = 1 / rate.rate;
    fit.squares = rate.squares;
    fit.total = totalSquares(signal, points);
    fit.used = points;
    return outcome;
  };
}

import { RefusalError } from "@etalon/base";
import {
  cos,
  decayCurve,
  fitMagnitudeRecovery,
  fitRate,
  log,
  prepareRateModel,
  type RateFit,
  recoveryRoom,
  saturationCurve,
  sin,
  spoiledEchoCurve,
  spreadRates,
} from "@etalon/kernels";
import { totalSquares, type VoxelFitter } from "../../mapping/fit-map.ts";
import type { WeightedImage } from "../../protocol.ts";
import type { T1Model } from "./choose-model.ts";

/** Steps of the grid of rates: neighbours differ by a factor of about 1.2. */
const gridSteps = 32;

/** Unknowns of each model: fewer images than these cannot be fitted. */
export const unknownsOf: Readonly<Record<T1Model, number>> = {
  "inversion-recovery": 3,
  molli: 3,
  "sasha-2": 2,
  "sasha-3": 3,
  vfa: 2,
  "vfa-linear": 2,
};

/** Where a T1 is looked for, ms. */
export interface T1Range {
  readonly shortest: number;
  readonly longest: number;
}

/**
 * A fitter for the weightings of one slice.
 *
 * @throws {RefusalError} `weighting-missing` for flip angles without a repetition time
 */
export function t1Fitter(
  model: T1Model,
  images: readonly WeightedImage[],
  { slice, range }: { readonly slice: number; readonly range: T1Range },
): VoxelFitter {
  const weightings = Float64Array.from(images, (image) => image.weightings[slice]);
  if (model === "vfa" || model === "vfa-linear") {
    const repetitionTimes = Float64Array.from(images, (image) => image.repetitionTimesMs[slice]);
    if (!repetitionTimes.every((ms) => ms > 0)) {
      throw new RefusalError("weighting-missing", { field: "t1-images", details: { attribute: "RepetitionTime" } });
    }
    const angles = weightings.map((degrees) => (degrees * Math.PI) / 180);
    const flips = { sines: angles.map(sin), cosines: angles.map(cos), repetitionTimes };
    return model === "vfa" ? nonlinearFlipFitter(flips, range) : linearFlipFitter(flips, range);
  }
  return model === "sasha-2" ? saturationFitter(weightings, range) : recoveryFitter(weightings, range, model);
}

function ratesOf({ shortest, longest }: T1Range): Float64Array {
  return spreadRates(1 / longest, 1 / shortest, gridSteps);
}

/** a + b·exp(−t/T1) with b below 0: magnitudes of an inversion recovery, or a saturation recovery as it is. */
function recoveryFitter(times: Float64Array, range: T1Range, model: T1Model): VoxelFitter {
  const curve = decayCurve(times);
  const points = times.length;
  const prepared = prepareRateModel({ points, curve, hasOffset: true, sign: -1, rates: ratesOf(range) });
  const room = recoveryRoom(points);
  const rate: RateFit = { rate: 0, amplitude: 0, offset: 0, squares: 0 };
  const isInversion = model !== "sasha-3";
  const { shortest, longest } = range;
  return (signal, fit) => {
    const outcome = isInversion
      ? fitMagnitudeRecovery(prepared, signal, { fit: rate, room })
      : fitRate(prepared, signal, rate);
    fit.squares = rate.squares;
    fit.total = totalSquares(isInversion ? room.signed : signal, points);
    fit.used = points;
    fit.value = 1 / rate.rate;
    if (outcome !== "converged" || model !== "molli") return outcome;
    // The readouts drive the recovery: what is fitted is T1*, of A − B·exp(−t/T1*).
    fit.value *= -rate.amplitude / rate.offset - 1;
    return fit.value >= shortest && fit.value <= longest ? outcome : "at-bound";
  };
}

/** A·(1 − exp(−t/T1)). */
function saturationFitter(times: Float64Array, range: T1Range): VoxelFitter {
  const curve = saturationCurve(times);
  const points = times.length;
  const prepared = prepareRateModel({ points, curve, hasOffset: false, sign: 1, rates: ratesOf(range) });
  const rate: RateFit = { rate: 0, amplitude: 0, offset: 0, squares: 0 };
  return (signal, fit) => {
    const outcome = fitRate(prepared, signal, rate);
    fit.squares = rate.squares;
    fit.total = totalSquares(signal, points);
    fit.used = points;
    fit.value = 1 / rate.rate;
    return outcome;
  };
}

interface Flips {
  readonly sines: Float64Array;
  readonly cosines: Float64Array;
  readonly repetitionTimes: Float64Array;
}

function nonlinearFlipFitter({ sines, cosines, repetitionTimes }: Flips, range: T1Range): VoxelFitter {
  const curve = spoiledEchoCurve(sines, cosines, repetitionTimes);
  const points = sines.length;
  const prepared = prepareRateModel({ points, curve, hasOffset: false, sign: 1, rates: ratesOf(range) });
  const rate: RateFit = { rate: 0, amplitude: 0, offset: 0, squares: 0 };
  return (signal, fit) => {
    const outcome = fitRate(prepared, signal, rate);
    fit.squares = rate.squares;
    fit.total = totalSquares(signal, points);
    fit.used = points;
    fit.value = 1 / rate.rate;
    return outcome;
  };
}

/** S/sin α = E·S/tan α + M₀(1 − E): a line whose slope is E = exp(−TR/T1). All repetition times are one. */
function linearFlipFitter({ sines, cosines, repetitionTimes }: Flips, { shortest, longest }: T1Range): VoxelFitter {
  const points = sines.length;
  const [repetitionTime] = repetitionTimes;
  if (repetitionTimes.some((ms) => ms !== repetitionTime)) {
    const received = `${repetitionTimes.join(", ")} ms`;
    throw new RefusalError("contradictory-facts", { field: "RepetitionTime", received });
  }
  return (signal, fit) => {
    let [meanX, meanY] = [0, 0];
    for (let i = 0; i < points; i++) {
      meanX += (signal[i] * cosines[i]) / sines[i] / points;
      meanY += signal[i] / sines[i] / points;
    }
    let [squareX, product] = [0, 0];
    for (let i = 0; i < points; i++) {
      const x = (signal[i] * cosines[i]) / sines[i] - meanX;
      squareX += x * x;
      product += x * (signal[i] / sines[i] - meanY);
    }
    const rest = product / squareX;
    fit.used = points;
    fit.total = totalSquares(signal, points);
    if (!(rest > 0 && rest < 1)) return "no-curve";
    fit.value = -repetitionTime / log(rest);
    const amplitude = (meanY - rest * meanX) / (1 - rest);
    fit.squares = 0;
    for (let i = 0; i < points; i++) {
      const residual = signal[i] - (amplitude * sines[i] * (1 - rest)) / (1 - rest * cosines[i]);
      fit.squares += residual * residual;
    }
    return fit.value >= shortest && fit.value <= longest ? "converged" : "at-bound";
  };
}

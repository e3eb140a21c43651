import { InputError } from "@etalon/base";
import { exp, log } from "@etalon/kernels";

/** How a signal becomes a concentration. */
export interface SignalModel {
  readonly saturationTimeMs: number;
  readonly t1Ms: number;
  /** L/(mmol·s). */
  readonly relaxivity: number;
}

/** T2* decay of the arterial input. */
export interface StarDecay {
  readonly echoTimeMs: number;
  /** L/(mmol·s). */
  readonly relaxivity: number;
}

/** A share of S0 that stands for a signal which is saturated or above: R1 has no finite value there. */
const saturated = 0.995;

/** The correction for T2* stops where it moves a concentration by less than this, mmol/L, or after so many rounds. */
const settledMmolPerL = 1e-9;
const mostRounds = 200;

/**
 * Concentrations, mmol/L, or the enhancement where the signal is taken as linear (`model` null); written over the signals.
 *
 * @param baseline mean signal before the arrival
 * @returns how many points were at or above saturation
 */
export function toConcentration(signals: Float64Array, baseline: number, model: SignalModel | null): number {
  if (model === null) {
    for (let i = 0; i < signals.length; i++) signals[i] -= baseline;
    return 0;
  }
  const { saturationTimeMs, t1Ms, relaxivity } = model;
  const full = baseline / (1 - exp(-saturationTimeMs / t1Ms));
  let count = 0;
  for (let i = 0; i < signals.length; i++) {
    const share = full > 0 ? signals[i] / full : 0;
    if (share >= saturated) count++;
    const rate = -log(1 - Math.min(saturated, Math.max(-1, share))) / saturationTimeMs;
    signals[i] = ((rate - 1 / t1Ms) * 1000) / relaxivity;
  }
  return count;
}

/**
 * Concentrations of blood, its signal's T2* decay undone: C with S · e^(TE · r2* · C) on the saturation recovery. From below,
 * the repetition comes to the lower of two such C; where T2* takes more than the contrast adds there is none, and the point
 * counts as saturated.
 *
 * @throws {InputError} `wrong-type` where T2* is to be undone of a signal that is taken as linear
 */
export function bloodConcentration(
  signals: Float64Array,
  baseline: number,
  { model, star }: { readonly model: SignalModel | null; readonly star: StarDecay | null },
): { readonly values: Float64Array; readonly saturated: number } {
  if (star !== null && model === null) {
    throw new InputError("wrong-type", "aif-echo-time", star.echoTimeMs, "signal=saturation-recovery");
  }
  let values = signals.slice();
  let count = toConcentration(values, baseline, model);
  if (star === null) return { values, saturated: count };
  const decay = (star.echoTimeMs / 1000) * star.relaxivity;
  for (let round = 0, moved = 1; round < mostRounds && moved >= settledMmolPerL; round++) {
    const corrected = signals.map((signal, i) => signal * exp(decay * Math.max(0, values[i])));
    count = toConcentration(corrected, baseline, model);
    moved = corrected.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0);
    values = corrected;
  }
  return { values, saturated: count };
}

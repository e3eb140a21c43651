import { RefusalError } from "@etalon/base";
import { type FermiFit, type FermiModel, type FermiOutcome, fitFermi, prepareFermiModel } from "@etalon/kernels";
import { weightingKeyword } from "../mapping/weighting-keyword.ts";
import type { FirstPass } from "./first-pass.ts";
import { toConcentration } from "./gadolinium.ts";

/** Which part of the curves is fitted, and how. */
export interface FlowOptions {
  readonly window: "first-pass" | "whole";
  readonly longestDelayS: number;
  /** g/mL. */
  readonly density: number;
}

/** A flow, and how well it explains its curve. */
export interface Flow {
  /** mL/min/g. */
  value: number;
  delayS: number;
  rSquared: number;
  /** Root mean square of the residuals, units of the curve. */
  residual: number;
  /** Largest enhancement of the curve, and the noise before the arrival. */
  peak: number;
  noise: number;
}

/** Fits the curves of one first pass; nothing is allocated per curve. */
export interface FlowFitter {
  /** @param signal of a voxel or region at every image; overwritten */
  readonly fit: (signal: Float64Array, flow: Flow) => FermiOutcome;
  /** Images that are fitted. */
  readonly points: number;
}

/** After its peak the lowest input is looked for within this time, and the fit goes on beyond it for the other, s. */
const fallS = 12;
const beyondS = 2;

/** Unknowns of the model, and one point more to see how well it fits. */
const fewestPoints = 5;

/**
 * A fitter of Fermi-constrained flow for one first pass.
 *
 * @throws {RefusalError} `too-few-weightings` where the part that is fitted has fewer than 5 images
 */
export function flowFitter(pass: FirstPass, options: FlowOptions): FlowFitter {
  const { input, timesS, tissueModel, state } = pass;
  const arrivalS = input.timesS[input.foot];
  const endS = Math.min(endOf(pass, options.window), timesS[timesS.length - 1]);
  const used = [...timesS.keys()].filter((i) => timesS[i] >= arrivalS && timesS[i] <= endS);
  const before = Math.max(1, timesS.filter((s) => s <= arrivalS).length);
  if (used.length < fewestPoints) {
    const details = { expected: fewestPoints, attribute: weightingKeyword[pass.images.weighting] };
    throw new RefusalError("too-few-weightings", { field: `${state}-images`, received: used.length, details });
  }
  const model = prepareFermiModel({
    ...evenInput(pass, arrivalS, endS),
    timesS: Float64Array.from(used, (i) => timesS[i] - arrivalS),
    longestDelayS: options.longestDelayS,
  });
  const signal = new Float64Array(used.length);
  const fermi: FermiFit = { flow: 0, squares: 0, shoulderS: 0, rate: 0, delayS: 0 };
  return {
    points: used.length,
    fit: (curve, flow) => {
      const baseline = meanOf(curve, before);
      flow.noise = spreadOf(curve, baseline, before);
      toConcentration(curve, baseline, tissueModel);
      for (let i = 0; i < used.length; i++) signal[i] = curve[used[i]];
      return fitOne({ model, signal, fermi, density: options.density }, flow);
    },
  };
}

function fitOne({ model, signal, fermi, density }: FitRoom, flow: Flow): FermiOutcome {
  const outcome = fitFermi(model, signal, fermi);
  let [mean, peak, total] = [0, signal[0], 0];
  for (let i = 0; i < signal.length; i++) {
    mean += signal[i] / signal.length;
    peak = Math.max(peak, signal[i]);
  }
  for (let i = 0; i < signal.length; i++) total += (signal[i] - mean) * (signal[i] - mean);
  flow.value = (fermi.flow * 60) / density;
  flow.delayS = fermi.delayS;
  flow.rSquared = total > 0 ? 1 - fermi.squares / total : 0;
  flow.residual = Math.sqrt(fermi.squares / signal.length);
  flow.peak = peak;
  return outcome;
}

interface FitRoom {
  readonly model: FermiModel;
  readonly signal: Float64Array;
  readonly fermi: FermiFit;
  readonly density: number;
}

/** Where the fitted part ends, seconds of the images. */
function endOf({ input }: FirstPass, window: FlowOptions["window"]): number {
  const { timesS, values, peak } = input;
  const last = timesS[timesS.length - 1];
  if (window === "whole") return last;
  let lowest = peak;
  for (let i = peak; i < values.length && timesS[i] <= timesS[peak] + fallS; i++) {
    if (values[i] < values[lowest]) lowest = i;
  }
  return Math.min(last, timesS[lowest] + beyondS);
}

/** The input above its baseline at even steps from its arrival to the end, by straight lines between its points. */
function evenInput(
  { input }: FirstPass,
  arrivalS: number,
  endS: number,
): { readonly input: Float64Array; readonly stepS: number } {
  const { timesS, values, foot, baseline } = input;
  let last = foot;
  while (last + 1 < timesS.length && timesS[last] < endS) last++;
  const steps = Math.max(4, last - foot);
  const stepS = (timesS[last] - arrivalS) / steps;
  let k = foot;
  const even = Float64Array.from({ length: steps + 1 }, (_, i) => {
    const t = arrivalS + i * stepS;
    while (k + 1 < last && timesS[k + 1] <= t) k++;
    const share = Math.min(1, (t - timesS[k]) / (timesS[k + 1] - timesS[k]));
    return i === 0 ? 0 : Math.max(0, values[k] + share * (values[k + 1] - values[k]) - baseline);
  });
  return { input: even, stepS };
}

function meanOf(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i];
  return sum / count;
}

function spreadOf(values: Float64Array, mean: number, count: number): number {
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i] - mean) * (values[i] - mean);
  return count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
}

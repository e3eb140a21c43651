import { exp, type FermiFit, fitFermi, prepareFermiModel } from "@etalon/kernels";

/** How far flows that are fitted to noisy curves of one truth lie from it. */
export interface FlowAccuracy {
  /** mL/min/mL of the model the curves were made of. */
  readonly truth: number;
  readonly median: number;
  /** Mean less the truth, over the truth. */
  readonly bias: number;
  /** Standard deviation (n − 1) over the mean. */
  readonly variation: number;
  /** Curves whose fit converged. */
  readonly converged: number;
}

/** Models that curves are made of: the fitted one, and one that it is not. */
export type CurveModel = "fermi" | "exchange";

/** Flows that are tried, mL/min/mL, and noisy curves of each. */
export const flowTruths: readonly number[] = [0.5, 1, 2, 3.5, 5];
export const flowRuns = 200;

/** Peak of a curve over the standard deviation of its noise. */
const signalToNoise = 20;
const delayS = 0.7;
const stepS = 0.05;
const fine = Array.from({ length: 601 }, (_, i) => i * stepS);
const timesS = Float64Array.from({ length: 52 }, (_, i) => i / 2);

/** A gamma variate of peak 4 at 5 s. */
function inputAt(s: number): number {
  const along = s <= 0 ? 0 : s / 5;
  return 4 * along * along * along * exp(3 * (1 - along));
}

/** A Fermi function that is 1 at 0 and falls to half at 3 s. */
function fermiAt(s: number): number {
  return (1 + exp(-3 * 0.8)) / (1 + exp((s - 3) * 0.8));
}

/** Two compartments that exchange (plasma 8 mL, interstitium 20 mL per 100 mL, PS 1 mL/min/mL), 1 at 0, by Euler's steps. */
function exchangeOf(flow: number): (s: number) => number {
  const [vp, vi, ps, f] = [0.08, 0.2, 1 / 60, flow / 60];
  let [p, i] = [1, 0];
  const values = fine.map(() => {
    const now = p;
    const [dp, di] = [(-(f + ps) * p + ps * i) / vp, (ps * (p - i)) / vi];
    p += stepS * dp;
    i += stepS * di;
    return now;
  });
  return (s) => values[Math.round(s / stepS)] ?? 0;
}

/** flow · (input ∗ response)(t − delay) at the images' times, by trapezoids of 0.05 s. */
function tissue(flowPerS: number, response: (s: number) => number): Float64Array {
  const curve = fine.map(
    (t) =>
      flowPerS *
      stepS *
      fine.reduce((sum, s) => (s > t ? sum : sum + inputAt(t - s) * response(s) * (s === 0 ? 0.5 : 1)), 0),
  );
  return timesS.map((s) => curve[Math.max(0, Math.round((s - delayS) / stepS))] ?? 0);
}

/** Repeatable noise of mean 0 and standard deviation 1: the sum of 12 uniform numbers less 6. */
function createNoise(): () => number {
  let state = 12_345;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
}

/** Fits {@link flowRuns} noisy curves of one flow, images every 0.5 s, the tissue 0.7 s behind the blood. */
export function flowAccuracy(model: CurveModel, truth: number): FlowAccuracy {
  const fermi = prepareFermiModel({ input: timesS.map(inputAt), stepS: 0.5, timesS, longestDelayS: 3 });
  const noise = createNoise();
  const clean = tissue(truth / 60, model === "fermi" ? fermiAt : exchangeOf(truth));
  const sigma = clean.reduce((most, value) => Math.max(most, value), 0) / signalToNoise;
  const fit: FermiFit = { flow: 0, squares: 0, shoulderS: 0, rate: 0, delayS: 0 };
  const flows: number[] = [];
  for (let run = 0; run < flowRuns; run++) {
    const signal = clean.map((value) => value + sigma * noise());
    if (fitFermi(fermi, signal, fit) === "converged") flows.push(60 * fit.flow);
  }
  flows.sort((a, b) => a - b);
  const mean = flows.reduce((sum, value) => sum + value, 0) / flows.length;
  const squares = flows.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return {
    truth,
    median: flows[Math.floor(flows.length / 2)] ?? Number.NaN,
    bias: (mean - truth) / truth,
    variation: Math.sqrt(squares / (flows.length - 1)) / mean,
    converged: flows.length,
  };
}

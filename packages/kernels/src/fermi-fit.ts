/**
 * Least-squares fit of blood flow to first-pass curves: tissue(t) = flow · (input ∗ R)(t − delay), R a Fermi function with
 * R(0) = 1 (M. Jerosch-Herold, N. Wilke, A. E. Stillman, Med Phys 1998;25:73-84, doi 10.1118/1.598163). The flow is linear:
 * it has one best value for each shape and delay, so that the search is along three unknowns (variable projection with
 * L. Kaufman's derivative, BIT 1975;15:49-57). It starts at the best of a grid whose curves are prepared once, and goes on
 * by Levenberg–Marquardt steps; `rate-fit.ts` is the same for curves of one unknown. Nothing is allocated per fit.
 */
import { exp } from "./elementary.ts";

/** What is fitted. */
export interface FermiModelOptions {
  /** Arterial input at even steps from its arrival on, 0 before. Steps of 1 s raise the flow by a tenth, of 0.5 s by 2 %. */
  readonly input: Float64Array;
  readonly stepS: number;
  /** Times of the tissue's samples, seconds from the first of the input, ascending. */
  readonly timesS: Float64Array;
  readonly longestDelayS: number;
}

/** A model whose grid is prepared, with the room that a fit works in: one for each thread. */
export interface FermiModel extends FermiModelOptions {
  readonly grid: readonly FermiShape[];
  /** Curves of the grid as unit vectors; shape [grid, time]. */
  readonly units: Float64Array;
  readonly room: FermiRoom;
}

/** R(t) = (1 + e^(−shoulder · rate)) / (1 + e^((t − shoulder) · rate)), later by `delayS`. */
export interface FermiShape {
  /** Time at which R has fallen to half, s. */
  shoulderS: number;
  /** Steepness of the fall, 1/s. */
  rate: number;
  delayS: number;
}

/** Where a fit writes what it found; made once, written over by each fit. */
export interface FermiFit extends FermiShape {
  /** Flow in units of tissue signal per input signal and second. */
  flow: number;
  /** Sum of squared residuals, squared signal units. */
  squares: number;
}

/** How a fit ended: `no-curve`, no positive flow explains the signal; `not-converged` within {@link mostFermiSteps}. */
export type FermiOutcome = "converged" | "no-curve" | "not-converged";

interface FermiRoom {
  readonly response: Float64Array;
  readonly byShoulder: Float64Array;
  readonly byRate: Float64Array;
  /** Convolutions on the input's steps: the curve and its derivatives. */
  readonly curve: Float64Array;
  readonly curveByShoulder: Float64Array;
  readonly curveByRate: Float64Array;
  /** At the tissue's times: the curve, and its derivatives by shoulder, logarithm of the rate, and delay. */
  readonly at: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  readonly step: Float64Array;
}

/** A fit that needs more steps has no minimum to find. */
const mostFermiSteps = 40;

/** Longest shoulder and the rates between which R falls: from an impulse to a plateau over a first pass. */
const longestShoulderS = 20;
const slowestRate = 0.03;
const fastestRate = 6;

const gridShouldersS = [0, 0.5, 1, 2, 3, 4.5, 6, 9, 13];
const gridRates = [0.06, 0.15, 0.35, 0.8, 2];
const gridDelays = 5;

/** After the last step a search counts where that step improved the squares by less than this share: noise hides more. */
const settledGain = 1e-3;

/** A search ends where a step improves the squares by less than this share. */
const smallestGain = 1e-5;

/**
 * A model ready for fits.
 *
 * @throws {RangeError} for an input of fewer than 4 steps, a step or delay that is no positive number, or fewer than 5 times
 */
export function prepareFermiModel(options: FermiModelOptions): FermiModel {
  const { input, stepS, timesS, longestDelayS } = options;
  if (!(stepS > 0) || !(longestDelayS >= 0)) throw new RangeError("the step must be positive, the delay not negative");
  if (input.length < 4 || timesS.length < 5) throw new RangeError("4 steps of the input and 5 times are needed");
  const delays = longestDelayS === 0 ? 1 : gridDelays;
  const grid = gridShouldersS.flatMap((shoulderS) =>
    gridRates.flatMap((rate) =>
      Array.from({ length: delays }, (_, i) => ({
        ...{ shoulderS, rate },
        delayS: delays === 1 ? 0 : (longestDelayS * i) / (delays - 1),
      })),
    ),
  );
  const points = timesS.length;
  const model = {
    ...options,
    grid,
    units: new Float64Array(grid.length * points),
    room: roomFor(input.length, points),
  };
  for (let g = 0; g < grid.length; g++) {
    fillCurve(model, grid[g]);
    const [values] = model.room.at;
    let square = 0;
    for (let i = 0; i < points; i++) square += values[i] * values[i];
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < points; i++) model.units[g * points + i] = values[i] * scale;
  }
  return model;
}

function roomFor(steps: number, points: number): FermiRoom {
  const array = (length: number): Float64Array => new Float64Array(length);
  return {
    ...{ response: array(steps), byShoulder: array(steps), byRate: array(steps) },
    ...{ curve: array(steps), curveByShoulder: array(steps), curveByRate: array(steps) },
    at: [array(points), array(points), array(points), array(points)],
    ...{ matrix: array(9), right: array(3), step: array(3) },
  };
}

/**
 * Fits one curve.
 *
 * @param signal its first `model.timesS.length` values are read
 * @param fit written, whatever the outcome; meaningful when it is `converged`
 */
export function fitFermi(model: FermiModel, signal: Float64Array, fit: FermiFit): FermiOutcome {
  const start = bestOfGrid(model, signal);
  fit.flow = fit.squares = 0;
  if (start < 0) return "no-curve";
  const { room } = model;
  setShape(fit, model.grid[start]);
  const best: FermiShape = { shoulderS: fit.shoulderS, rate: fit.rate, delayS: fit.delayS };
  let damping = 1e-2;
  project(model, signal, fit);
  let squares = fit.squares;
  let gain = Number.POSITIVE_INFINITY;
  for (let count = 0; count < mostFermiSteps; count++) {
    buildNormal(model, signal, fit);
    holdAtBounds(model, fit);
    let isBetter = false;
    for (let tries = 0; tries < 8 && !isBetter; tries++) {
      solveDamped(room, damping);
      move(fit, best, model);
      project(model, signal, fit);
      isBetter = fit.squares < squares;
      damping = isBetter ? damping * 0.2 : damping * 8;
    }
    if (!isBetter) {
      setShape(fit, best);
      project(model, signal, fit);
      return fit.flow > 0 ? "converged" : "no-curve";
    }
    gain = squares - fit.squares;
    squares = fit.squares;
    setShape(best, fit);
    if (gain <= smallestGain * squares) return fit.flow > 0 ? "converged" : "no-curve";
  }
  return gain <= settledGain * squares && fit.flow > 0 ? "converged" : "not-converged";
}

function setShape(to: FermiShape, from: Readonly<FermiShape>): void {
  to.shoulderS = from.shoulderS;
  to.rate = from.rate;
  to.delayS = from.delayS;
}

function move(fit: FermiFit, from: FermiShape, { room, longestDelayS }: FermiModel): void {
  const { step } = room;
  const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));
  fit.shoulderS = between(0, from.shoulderS + step[0], longestShoulderS);
  fit.rate = between(slowestRate, from.rate * exp(between(-1, step[1], 1)), fastestRate);
  fit.delayS = between(0, from.delayS + step[2], longestDelayS);
}

/** The curve of the grid that leaves the least residual with a positive flow; −1 where none has. */
function bestOfGrid({ units, timesS, grid }: FermiModel, signal: Float64Array): number {
  let [best, most] = [-1, 0];
  for (let g = 0, at = 0; g < grid.length; g++) {
    let along = 0;
    for (let i = 0; i < timesS.length; i++, at++) along += units[at] * signal[i];
    if (along > most) [best, most] = [g, along];
  }
  return best;
}

/** The curve of a shape, its best flow and the squares that are left. */
function project(model: FermiModel, signal: Float64Array, fit: FermiFit): void {
  fillCurve(model, fit);
  const [values] = model.room.at;
  let [square, along] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    square += values[i] * values[i];
    along += values[i] * signal[i];
  }
  fit.flow = square > 0 ? along / square : 0;
  fit.squares = 0;
  for (let i = 0; i < values.length; i++) {
    const rest = signal[i] - fit.flow * values[i];
    fit.squares += rest * rest;
  }
}

/** Normal equations of the three unknowns, without what the flow itself can take up of their slopes. */
function buildNormal(model: FermiModel, signal: Float64Array, { flow, delayS }: FermiFit): void {
  fillSlopes(model, delayS);
  const { at, matrix, right } = model.room;
  const [values] = at;
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i] * values[i];
  for (let p = 0; p < 3; p++) {
    const slopes = at[p + 1];
    let along = 0;
    for (let i = 0; i < values.length; i++) along += slopes[i] * values[i];
    const share = square > 0 ? along / square : 0;
    for (let i = 0; i < values.length; i++) slopes[i] = flow * (slopes[i] - share * values[i]);
  }
  for (let p = 0; p < 3; p++) {
    right[p] = 0;
    for (let i = 0; i < values.length; i++) right[p] += at[p + 1][i] * (signal[i] - flow * values[i]);
    for (let q = 0; q <= p; q++) {
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += at[p + 1][i] * at[q + 1][i];
      matrix[3 * p + q] = matrix[3 * q + p] = sum;
    }
  }
}

/**
 * Takes out of the normal equations what stands at the end of its range and would leave it: without this every step is cut
 * short there, and the other unknowns creep.
 */
function holdAtBounds({ room, longestDelayS }: FermiModel, { shoulderS, rate, delayS }: Readonly<FermiShape>): void {
  const { matrix, right } = room;
  hold(0, shoulderS <= 0, shoulderS >= longestShoulderS);
  hold(1, rate <= slowestRate, rate >= fastestRate);
  hold(2, delayS <= 0, delayS >= longestDelayS);
  function hold(p: number, isLowest: boolean, isHighest: boolean): void {
    if (!(isLowest && right[p] < 0) && !(isHighest && right[p] > 0)) return;
    right[p] = 0;
    for (let q = 0; q < 3; q++) matrix[3 * p + q] = matrix[3 * q + p] = 0;
  }
}

/** Solves (M + damping · diag M) step = right by Cholesky's factors; an unknown without influence stays. */
function solveDamped({ matrix: m, right: r, step }: FermiRoom, damping: number): void {
  const largest = Math.max(m[0], m[4], m[8]);
  const floor = largest > 0 ? largest * 1e-12 : 1;
  const [a, b, c] = [0, 4, 8].map((i) => m[i] * (1 + damping) + floor);
  const l11 = Math.sqrt(a);
  const [l21, l31] = [m[3] / l11, m[6] / l11];
  const l22 = Math.sqrt(Math.max(floor, b - l21 * l21));
  const l32 = (m[7] - l31 * l21) / l22;
  const l33 = Math.sqrt(Math.max(floor, c - l31 * l31 - l32 * l32));
  const y1 = r[0] / l11;
  const y2 = (r[1] - l21 * y1) / l22;
  const y3 = (r[2] - l31 * y1 - l32 * y2) / l33;
  step[2] = y3 / l33;
  step[1] = (y2 - l32 * step[2]) / l22;
  step[0] = (y1 - l21 * step[1] - l31 * step[2]) / l11;
}

/** The curve of flow 1 of a shape at the tissue's times. */
function fillCurve(model: FermiModel, { shoulderS, rate, delayS }: Readonly<FermiShape>): void {
  const { input, stepS, room, timesS } = model;
  const { response, byShoulder, byRate, curve } = room;
  const top = exp(-shoulderS * rate);
  for (let j = 0; j < input.length; j++) {
    const t = j * stepS;
    const grown = exp((t - shoulderS) * rate);
    const below = 1 / (1 + grown);
    response[j] = (1 + top) * below;
    const fall = response[j] * grown * below;
    byShoulder[j] = -rate * top * below + rate * fall;
    // By the logarithm of the rate.
    byRate[j] = rate * (-shoulderS * top * below - (t - shoulderS) * fall);
  }
  convolve(model, response, curve);
  const [values] = room.at;
  for (let i = 0; i < timesS.length; i++) {
    const place = (timesS[i] - delayS) / stepS;
    const k = Math.min(input.length - 2, Math.floor(place));
    values[i] = place <= 0 ? 0 : cubicAt(curve, k, Math.min(1, place - k));
  }
}

/** Derivatives, at the tissue's times, of the curve that was filled last. */
function fillSlopes(model: FermiModel, delayS: number): void {
  const { timesS, stepS, room, input } = model;
  const { curve, curveByShoulder, curveByRate } = room;
  convolve(model, room.byShoulder, curveByShoulder);
  convolve(model, room.byRate, curveByRate);
  const [, byShoulder, byRate, byDelay] = room.at;
  for (let i = 0; i < timesS.length; i++) {
    const place = (timesS[i] - delayS) / stepS;
    const k = Math.min(input.length - 2, Math.floor(place));
    const x = Math.min(1, place - k);
    byShoulder[i] = place <= 0 ? 0 : linearAt(curveByShoulder, k, x);
    byRate[i] = place <= 0 ? 0 : linearAt(curveByRate, k, x);
    byDelay[i] = place <= 0 ? 0 : -(curve[k + 1] - curve[k]) / stepS;
  }
}

/** Input ∗ response by trapezoids: the ends of the sum count half. */
function convolve({ input, stepS }: FermiModel, response: Float64Array, into: Float64Array): void {
  into[0] = 0;
  for (let i = 1; i < input.length; i++) {
    let sum = 0.5 * (input[i] * response[0] + input[0] * response[i]);
    for (let j = 1; j < i; j++) sum += input[i - j] * response[j];
    into[i] = sum * stepS;
  }
}

function linearAt(values: Float64Array, k: number, x: number): number {
  return values[k] + x * (values[k + 1] - values[k]);
}

function cubicAt(values: Float64Array, k: number, x: number): number {
  const a = k > 0 ? values[k - 1] : 0;
  const [b, c] = [values[k], values[k + 1]];
  const d = k + 2 < values.length ? values[k + 2] : 2 * c - b;
  return b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)));
}

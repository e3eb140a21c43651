/**
 * Least-squares fits of curves with one rate: signal = amplitude · curve(rate) (+ offset), the curve being an exponential,
 * a steady-state signal, or whatever a {@link RateCurve} says. Amplitude and offset are linear: for each rate they have one
 * best value, so that the search is along the rate alone (variable projection, G. H. Golub and V. Pereyra, SIAM J Numer
 * Anal 1973;10:413-432, with L. Kaufman's derivative, BIT 1975;15:49-57). It starts at the best of a grid of rates, whose
 * curves are prepared once, and goes on by Levenberg–Marquardt steps. Nothing is allocated per fit.
 */

/** Fills the values of a curve, and their derivatives by its rate, at each of its points. */
export type RateCurve = (rate: number, values: Float64Array, slopes: Float64Array) => void;

/** What is fitted. */
export interface RateModelOptions {
  readonly points: number;
  readonly curve: RateCurve;
  readonly hasOffset: boolean;
  /** Sign that the amplitude must have. */
  readonly sign: 1 | -1;
  /** Rates that are tried first, ascending; what is found lies between the first and the last. */
  readonly rates: Float64Array;
}

/** A model whose grid is prepared, with the room that a fit works in: one for each thread. */
export interface RateModel extends RateModelOptions {
  /** Curves of the grid of rates as unit vectors, without their mean where there is an offset; shape [rate, point]. */
  readonly units: Float64Array;
  /** The curves of the grid and their derivatives as they are; shape [rate, point]. */
  readonly gridValues: Float64Array;
  readonly gridSlopes: Float64Array;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/** Where a fit writes what it found; made once, written over by each fit. */
export interface RateFit {
  rate: number;
  amplitude: number;
  offset: number;
  /** Sum of squared residuals, squared signal units. */
  squares: number;
}

/**
 * How a fit ended: `converged`; `no-curve`, the signal follows no curve of the sign asked for; `not-converged` within
 * {@link mostSteps}; `at-bound`, the best rate is the lowest or highest.
 */
export type RateOutcome = "converged" | "no-curve" | "not-converged" | "at-bound";

/** A fit that needs more steps has no minimum to find. */
export const mostSteps = 60;

/** Steps below this share of the rate end the search: 0.001 ms of a second, and above what rounding of the squares hides. */
const smallestStep = 1e-6;

/** A step at most halves or doubles the rate: curves change shape beyond. */
const largestFactor = 2;

/**
 * A model ready for fits.
 *
 * @throws {RangeError} for fewer points than unknowns, or rates that do not ascend
 */
export function prepareRateModel(options: RateModelOptions): RateModel {
  const { points, curve, hasOffset, rates } = options;
  const unknowns = hasOffset ? 3 : 2;
  if (points < unknowns) throw new RangeError(`${unknowns} unknowns need as many points, got ${points}`);
  if (rates.length < 2 || rates.some((rate, i) => !(rate > (i === 0 ? 0 : rates[i - 1])))) {
    throw new RangeError("rates must be positive and ascend");
  }
  const [values, slopes] = [new Float64Array(points), new Float64Array(points)];
  const size = rates.length * points;
  const [units, gridValues, gridSlopes] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let g = 0; g < rates.length; g++) {
    curve(rates[g], values, slopes);
    gridValues.set(values, g * points);
    gridSlopes.set(slopes, g * points);
    const mean = hasOffset ? values.reduce((sum, value) => sum + value, 0) / points : 0;
    let square = 0;
    for (let i = 0; i < points; i++) square += (values[i] - mean) * (values[i] - mean);
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < points; i++) units[g * points + i] = (values[i] - mean) * scale;
  }
  return { ...options, units, gridValues, gridSlopes, values, slopes };
}

/**
 * Fits one signal.
 *
 * @param signal its first `model.points` values are read
 * @param fit written, whatever the outcome; meaningful when it is `converged`
 */
export function fitRate(model: RateModel, signal: Float64Array, fit: RateFit): RateOutcome {
  const { rates } = model;
  const start = bestOfGrid(model, signal);
  if (start < 0) {
    fit.rate = fit.amplitude = fit.offset = fit.squares = 0;
    return "no-curve";
  }
  const [lowest, highest] = [rates[0], rates[rates.length - 1]];
  let rate = rates[start];
  let damping = 1e-3;
  for (let i = 0, at = start * model.points; i < model.points; i++, at++) {
    model.values[i] = model.gridValues[at];
    model.slopes[i] = model.gridSlopes[at];
  }
  let step = stepFrom(model, signal, fit);
  fit.rate = rate;
  for (let count = 0; count < mostSteps; count++) {
    const size = step / (1 + damping);
    const bounded = Math.min(highest, rate * largestFactor, Math.max(lowest, rate / largestFactor, rate + size));
    if (Math.abs(bounded - rate) <= smallestStep * rate) return endOf(model, fit, rate + size);
    const before = fit.squares;
    const next = stepAt(model, signal, bounded, fit);
    if (fit.squares <= before) {
      rate = bounded;
      step = next;
      damping *= 0.1;
    } else {
      step = stepAt(model, signal, rate, fit);
      // The first damping that matters halves the step.
      damping = Math.max(1, damping * 10);
    }
  }
  return "not-converged";
}

function endOf({ sign, rates }: RateModel, { amplitude }: RateFit, wanted: number): RateOutcome {
  if (amplitude * sign <= 0) return "no-curve";
  return wanted <= rates[0] || wanted >= rates[rates.length - 1] ? "at-bound" : "converged";
}

/** The rate of the grid that leaves the least residual with an amplitude of the right sign; −1 where none has. */
function bestOfGrid({ units, points, rates, sign }: RateModel, signal: Float64Array): number {
  let best = -1;
  let most = 0;
  for (let g = 0, at = 0; g < rates.length; g++) {
    let along = 0;
    for (let i = 0; i < points; i++, at++) along += units[at] * signal[i];
    along *= sign;
    if (along > most) {
      most = along;
      best = g;
    }
  }
  return best;
}

/** Amplitude, offset and squares at a rate, written to `fit`; the undamped step towards a better rate. */
// biome-ignore lint/complexity/useMaxParams: an object for each step would be the only thing that a fit allocates.
function stepAt(model: RateModel, signal: Float64Array, rate: number, fit: RateFit): number {
  model.curve(rate, model.values, model.slopes);
  fit.rate = rate;
  return stepFrom(model, signal, fit);
}

/** The same, the curve and its derivatives being there. */
function stepFrom(model: RateModel, signal: Float64Array, fit: RateFit): number {
  const { points, values, slopes, hasOffset } = model;
  let meanValue = 0;
  let meanSlope = 0;
  let meanSignal = 0;
  if (hasOffset) {
    for (let i = 0; i < points; i++) {
      meanValue += values[i];
      meanSlope += slopes[i];
      meanSignal += signal[i];
    }
    meanValue /= points;
    meanSlope /= points;
    meanSignal /= points;
  }
  let valueValue = 0;
  let valueSlope = 0;
  let slopeSlope = 0;
  let valueSignal = 0;
  for (let i = 0; i < points; i++) {
    const value = values[i] - meanValue;
    const slope = slopes[i] - meanSlope;
    valueValue += value * value;
    valueSlope += value * slope;
    slopeSlope += slope * slope;
    valueSignal += value * (signal[i] - meanSignal);
  }
  const amplitude = valueValue > 0 ? valueSignal / valueValue : 0;
  const offset = meanSignal - amplitude * meanValue;
  let squares = 0;
  let slopeRest = 0;
  for (let i = 0; i < points; i++) {
    const rest = signal[i] - offset - amplitude * values[i];
    squares += rest * rest;
    slopeRest += (slopes[i] - meanSlope) * rest;
  }
  fit.amplitude = amplitude;
  fit.offset = offset;
  fit.squares = squares;
  // Of the slope only what the curve itself cannot take up moves the residual.
  const curvature = amplitude * (slopeSlope - (valueSlope * valueSlope) / valueValue);
  return curvature === 0 || !Number.isFinite(curvature) ? 0 : slopeRest / curvature;
}

/**
 * Rates from one to another, each the same factor above the last.
 *
 * @param count 2 or more
 */
export function spreadRates(lowest: number, highest: number, count: number): Float64Array {
  const rates = new Float64Array(count);
  let factor = 1;
  // The root of an integer order by bisection: arithmetic alone has the same bits everywhere.
  let low = 1;
  let high = highest / lowest;
  for (let i = 0; i < 100; i++) {
    factor = (low + high) / 2;
    let power = 1;
    for (let k = 1; k < count; k++) power *= factor;
    if (power < highest / lowest) low = factor;
    else high = factor;
  }
  let rate = lowest;
  for (let k = 0; k < count; k++, rate *= factor) rates[k] = rate;
  rates[count - 1] = highest;
  return rates;
}

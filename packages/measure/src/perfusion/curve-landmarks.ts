/** What a first-pass curve is described by. */
export interface Landmarks {
  /** Mean before the arrival, without the two last points where there are enough others. */
  readonly baseline: number;
  /** Standard deviation before the arrival, n − 1; 0 of a single point. */
  readonly noise: number;
  /** Index of the last point before the curve rises. */
  readonly foot: number;
  readonly peak: number;
}

/** The curve has risen above this share of its height. */
const risenShare = 0.05;

/** Where there are this many points before the rise, the last of them are no baseline: contrast may have come already. */
const enoughBefore = 6;
const leftOut = 2;

/**
 * Baseline, arrival and peak of a curve; `null` where nothing rises: a peak at the start or the end, or no baseline.
 */
export function landmarksOf(values: Float64Array): Landmarks | null {
  let peak = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[peak]) peak = i;
  if (peak < 2 || peak > values.length - 2) return null;
  const early = values.slice(0, Math.max(1, Math.floor(peak / 2))).sort();
  const level = early[Math.floor(early.length / 2)];
  const threshold = level + risenShare * (values[peak] - level);
  let foot = peak;
  while (foot > 0 && values[foot] > threshold) foot--;
  const count = foot + 1 >= enoughBefore ? foot + 1 - leftOut : foot + 1;
  let baseline = 0;
  for (let i = 0; i < count; i++) baseline += values[i];
  baseline /= count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i] - baseline) * (values[i] - baseline);
  const noise = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  return values[peak] > baseline ? { baseline, noise, foot, peak } : null;
}

/** Points that a slope is fitted to. */
const slopePoints = 5;

/**
 * Steepest rise between two points: the largest slope of a straight line through five neighbours (fewer where there are
 * fewer), units per second.
 */
export function steepestRise(
  values: Float64Array,
  timesS: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let steepest = 0;
  const width = Math.min(slopePoints, to - from + 1);
  for (let start = from; start + width - 1 <= to; start++) {
    let [meanT, meanV] = [0, 0];
    for (let i = start; i < start + width; i++) {
      meanT += timesS[i] / width;
      meanV += values[i] / width;
    }
    let [tt, tv] = [0, 0];
    for (let i = start; i < start + width; i++) {
      tt += (timesS[i] - meanT) * (timesS[i] - meanT);
      tv += (timesS[i] - meanT) * (values[i] - meanV);
    }
    if (tt > 0) steepest = Math.max(steepest, tv / tt);
  }
  return steepest;
}

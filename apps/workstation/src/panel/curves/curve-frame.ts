import { rangeTicks, type ValueRange } from "../maps/value-range.ts";
import type { CurvePanel, NamedCurve } from "./curve-panels.ts";

/** Where the curves of a panel are drawn: units of the picture. */
export interface CurveFrame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** The line of a curve, as an SVG path. */
  readonly pathOf: (curve: NamedCurve) => string;
}

/** A value of an axis, and where it stands. */
export interface Tick {
  readonly value: number;
  readonly at: number;
}

/** Scales a panel's curves into a picture: all of them on one scale, which holds 0. */
export function curveFrame(
  { curves }: CurvePanel,
  { width, height }: { readonly width: number; readonly height: number },
): CurveFrame {
  const [left, top, right, bottom] = [46, 8, width - 10, height - 24];
  const times = extent(curves.flatMap(({ curve }) => [...curve.timesS]));
  const values = extent([0, ...curves.flatMap(({ curve }) => [...curve.values])]);
  const xOf = (timeS: number): number => left + ((right - left) * (timeS - times.low)) / (times.high - times.low);
  const yOf = (value: number): number => bottom - ((bottom - top) * (value - values.low)) / (values.high - values.low);
  return {
    ...{ width, height, left, top, right, bottom },
    xTicks: rangeTicks(times, 7).map((value) => ({ value, at: xOf(value) })),
    yTicks: rangeTicks(values, 5).map((value) => ({ value, at: yOf(value) })),
    pathOf: ({ curve }) =>
      Array.from(curve.values, (value, at) => {
        const [x, y] = [xOf(curve.timesS[at] ?? 0), yOf(value)];
        return `${at === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
      }).join(""),
  };
}

/** From the least to the greatest; one apart where they are the same. */
function extent(values: readonly number[]): ValueRange {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low < high
    ? { low, high }
    : { low: Number.isFinite(low) ? low : 0, high: (Number.isFinite(low) ? low : 0) + 1 };
}

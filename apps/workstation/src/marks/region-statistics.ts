import type { DecodedPicture } from "../picture/picture.ts";
import type { Mark } from "./mark.ts";

/** The values of the pixels in a region, in the unit of the picture's values. */
export interface RegionStatistics {
  readonly count: number;
  readonly mean: number;
  /** Of the pixels themselves (divided by their number). */
  readonly standardDeviation: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Statistics of the pixels whose centre lies in an ellipse or a rectangle, its border included; nothing where none does.
 * Missing values (NaN) do not count.
 */
export function regionStatistics(
  mark: Pick<Mark, "kind" | "points">,
  { values, rows, columns }: Pick<DecodedPicture, "values" | "rows" | "columns">,
): RegionStatistics | undefined {
  const [a = [0, 0], b = a] = mark.points;
  const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
  const [top, bottom] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
  const isIn = (column: number, row: number): boolean => {
    if (mark.kind !== "ellipse") return true;
    const x = (2 * column - left - right) / (right - left);
    const y = (2 * row - top - bottom) / (bottom - top);
    return x * x + y * y <= 1;
  };
  let [count, mean, squares, min, max] = [0, 0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = Math.max(0, Math.ceil(top)); row <= Math.min(rows - 1, bottom); row += 1) {
    for (let column = Math.max(0, Math.ceil(left)); column <= Math.min(columns - 1, right); column += 1) {
      const value = values[row * columns + column] ?? Number.NaN;
      if (Number.isNaN(value) || !isIn(column, row)) continue;
      // Welford 1962: no cancellation where the values are far from zero.
      count += 1;
      const from = value - mean;
      mean += from / count;
      squares += from * (value - mean);
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return count === 0 ? undefined : { count, mean, standardDeviation: Math.sqrt(squares / count), min, max };
}

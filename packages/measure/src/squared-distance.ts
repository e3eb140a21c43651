import type { Grid } from "@etalon/volume";

/** Farther than anything in a volume. */
const FAR = 1e30;

/**
 * Squared distance, mm², of every voxel centre to the nearest voxel centre of a mask; along slices by their own positions.
 * `Infinity`-free: where the mask is empty every value is above 10²⁹.
 *
 * Exact, by lower envelopes of parabolas along each axis in turn; square roots and arithmetic alone.
 *
 * @param mask 1 where the object is; shape [z, y, x]
 * @see Felzenszwalb PF, Huttenlocher DP. Theory of Computing 2012;8:415-428, doi 10.4086/toc.2012.v008a019 (recalled)
 */
export function squaredDistanceMm2(mask: Uint8Array, grid: Grid): Float64Array {
  const { columns, rows, slices } = grid;
  const distance = Float64Array.from(mask, (value) => (value === 1 ? 0 : FAR));
  const along = (count: number, spacingMm: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => i * spacingMm);
  const lines = [
    { count: columns, stride: 1, positions: along(columns, grid.columnSpacingMm) },
    { count: rows, stride: columns, positions: along(rows, grid.rowSpacingMm) },
    { count: slices, stride: columns * rows, positions: slicePositions(grid) },
  ];
  for (const { count, stride, positions } of lines) {
    const envelope = createEnvelope(count);
    for (let start = 0; start < distance.length; start++) {
      // The first voxel of a line has coordinate 0 along it.
      if (Math.floor(start / stride) % count === 0) lowerLine(distance, { start, stride, positions }, envelope);
    }
  }
  return distance;
}

/** Positions of the slices along their normal, mm. */
function slicePositions({ slices, sliceOriginsLpsMm: o, normal: n }: Grid): Float64Array {
  return Float64Array.from({ length: slices }, (_, k) => o[3 * k] * n[0] + o[3 * k + 1] * n[1] + o[3 * k + 2] * n[2]);
}

interface Envelope {
  /** Index of each parabola of the envelope. */
  readonly at: Int32Array;
  /** Where each begins to be the lowest. */
  readonly from: Float64Array;
  readonly heights: Float64Array;
}

function createEnvelope(count: number): Envelope {
  return { at: new Int32Array(count), from: new Float64Array(count + 1), heights: new Float64Array(count) };
}

interface Line {
  readonly start: number;
  readonly stride: number;
  readonly positions: Float64Array;
}

function lowerLine(distance: Float64Array, { start, stride, positions }: Line, { at, from, heights }: Envelope): void {
  const count = positions.length;
  for (let i = 0; i < count; i++) heights[i] = distance[start + i * stride];
  /** Where the parabola at i begins to lie below the one at j, which lies before it. */
  const crossing = (i: number, j: number): number =>
    (heights[i] + positions[i] * positions[i] - heights[j] - positions[j] * positions[j]) /
    (2 * (positions[i] - positions[j]));
  let last = 0;
  at[0] = 0;
  from[0] = -FAR;
  from[1] = FAR;
  for (let i = 1; i < count; i++) {
    let s = crossing(i, at[last]);
    while (last > 0 && s <= from[last]) s = crossing(i, at[--last]);
    at[++last] = i;
    from[last] = s;
    from[last + 1] = FAR;
  }
  for (let i = 0, k = 0; i < count; i++) {
    while (from[k + 1] < positions[i]) k++;
    const away = positions[i] - positions[at[k]];
    distance[start + i * stride] = heights[at[k]] + away * away;
  }
}

import type { CandidateRuns, Region } from "@etalon/measure";

/** Voxels of one slice in a rectangle, ends in. */
export interface VoxelBox {
  readonly slice: number;
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
}

/** Horizontal voxels, ends in. */
export interface VoxelRun {
  readonly slice: number;
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/** A box ends this far inside of the voxels' borders, in voxels: two that touch share no point. */
const inset = 0.02;

/** Rectangles that hold exactly the voxels of runs: equal runs of following rows are one. */
export function boxesOfRuns(runs: readonly VoxelRun[]): readonly VoxelBox[] {
  const sorted = [...runs].sort((a, b) => a.slice - b.slice || a.row - b.row || a.start - b.start);
  const done: VoxelBox[] = [];
  let open: VoxelBox[] = [];
  for (const { slice, row, start, end } of sorted) {
    const stale = open.filter((box) => box.slice !== slice || box.rows[1] < row - 1);
    done.push(...stale);
    open = open.filter((box) => !stale.includes(box));
    const above = open.find(({ columns, rows }) => rows[1] === row - 1 && columns[0] === start && columns[1] === end);
    if (above === undefined) open.push({ slice, columns: [start, end], rows: [row, row] });
    else open[open.indexOf(above)] = { ...above, rows: [above.rows[0], row] };
  }
  return [...done, ...open];
}

/**
 * The box of patient space around voxels. Where the grid is turned against the patient's axes it holds the corners, and more.
 */
export function shapeOfBox(
  { grid }: CandidateRuns,
  boxes: readonly VoxelBox[],
): Extract<Region["shape"], { kind: "box" }> {
  const { sliceOriginsLpsMm: o, sliceIncrementsMm, normal } = grid;
  const [u, v] = [grid.rowDirection, grid.columnDirection];
  const half = 0.5 - inset;
  const along = (axis: 0 | 1 | 2): readonly [number, number] => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { slice, columns, rows } of boxes) {
      const origin = o[3 * slice + axis] ?? 0;
      // Along each direction of the grid on its own a corner lies at one end or at the other.
      const a = (columns[0] - half) * grid.columnSpacingMm * u[axis];
      const b = (columns[1] + half) * grid.columnSpacingMm * u[axis];
      const c = (rows[0] - half) * grid.rowSpacingMm * v[axis];
      const d = (rows[1] + half) * grid.rowSpacingMm * v[axis];
      const away = Math.abs((sliceIncrementsMm[slice] ?? 1) * half * normal[axis]);
      low = Math.min(low, origin + Math.min(a, b) + Math.min(c, d) - away);
      high = Math.max(high, origin + Math.max(a, b) + Math.max(c, d) + away);
    }
    return [rounded(low), rounded(high)];
  };
  const [x, y, z] = [along(0), along(1), along(2)];
  return { kind: "box", minLpsMm: [x[0], y[0], z[0]], maxLpsMm: [x[1], y[1], z[1]] };
}

/** To a micrometre. */
function rounded(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}

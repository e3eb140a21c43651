import type { CandidateRuns, Region } from "@etalon/measure";
import type { Lps } from "../../picture/plane.ts";
import { lpsOfVoxel } from "./lesion-map.ts";

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
  located: CandidateRuns,
  boxes: readonly VoxelBox[],
): Extract<Region["shape"], { kind: "box" }> {
  const corners = boxes.flatMap((box) => cornersOf(located, box));
  const low = (axis: 0 | 1 | 2): number => rounded(Math.min(...corners.map((corner) => corner[axis])));
  const high = (axis: 0 | 1 | 2): number => rounded(Math.max(...corners.map((corner) => corner[axis])));
  return { kind: "box", minLpsMm: [low(0), low(1), low(2)], maxLpsMm: [high(0), high(1), high(2)] };
}

function cornersOf(located: CandidateRuns, { slice, columns, rows }: VoxelBox): readonly Lps[] {
  const { normal, sliceIncrementsMm } = located.grid;
  const half = 0.5 - inset;
  const alongMm = (sliceIncrementsMm[slice] ?? 1) * half;
  return [columns[0] - half, columns[1] + half].flatMap((column) =>
    [rows[0] - half, rows[1] + half].flatMap((row) =>
      [-alongMm, alongMm].map((mm): Lps => {
        const [x, y, z] = lpsOfVoxel(located, slice, [column, row]);
        return [x + mm * normal[0], y + mm * normal[1], z + mm * normal[2]];
      }),
    ),
  );
}

/** To a micrometre. */
function rounded(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}

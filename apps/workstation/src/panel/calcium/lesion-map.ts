import type { CandidateRuns, Result } from "@etalon/measure";
import type { Lps, PixelPoint } from "../../picture/plane.ts";
import { dot } from "../../picture/plane.ts";

/** Connected voxels of one slice that belong to one candidate. */
export interface LesionPart {
  readonly candidate: number;
  readonly slice: number;
  /** Indexes of its runs. */
  readonly runs: readonly number[];
  /** Of its pixel centres, columns and rows. */
  readonly centroid: PixelPoint;
  readonly columns: readonly [number, number];
  readonly rows: readonly [number, number];
}

/** Where the candidates of a result lie, ready to be drawn, hit and painted. */
export interface LesionMap {
  readonly located: CandidateRuns;
  readonly candidates: Result["candidates"];
  readonly parts: readonly LesionPart[];
  readonly partsOfCandidate: ReadonlyMap<number, readonly LesionPart[]>;
  readonly partsOfSlice: ReadonlyMap<number, readonly LesionPart[]>;
}

/**
 * The map of a result's candidates.
 *
 * @param before the map of the result before: where no voxel went to another part, its parts are taken over, and what was
 *   made of their voxels stays of use
 */
export function lesionMapOf(located: CandidateRuns, candidates: Result["candidates"], before?: LesionMap): LesionMap {
  const parts =
    before !== undefined && hasSameParts(located, before.located)
      ? before.parts.map((part) => ofCandidate(part, located.candidate[part.runs[0] ?? 0] ?? 0))
      : [...Map.groupBy(located.part.keys(), (run) => located.part[run] ?? 0).values()].map((runs) =>
          partOf(located, runs),
        );
  return {
    located,
    candidates,
    parts,
    partsOfCandidate: Map.groupBy(parts, ({ candidate }) => candidate),
    partsOfSlice: Map.groupBy(parts, ({ slice }) => slice),
  };
}

/** Whether the same voxels are the same parts; which candidates these belong to may differ. */
function hasSameParts(one: CandidateRuns, other: CandidateRuns): boolean {
  const [grid, otherGrid] = [one.grid, other.grid];
  return (
    isEqual(one.part, other.part) &&
    isEqual(one.start, other.start) &&
    isEqual(one.end, other.end) &&
    isEqual(one.row, other.row) &&
    isEqual(one.slice, other.slice) &&
    isEqual(grid.sliceOriginsLpsMm, otherGrid.sliceOriginsLpsMm) &&
    isEqual(grid.sliceIncrementsMm, otherGrid.sliceIncrementsMm) &&
    isEqual(grid.rowDirection, otherGrid.rowDirection) &&
    isEqual(grid.columnDirection, otherGrid.columnDirection) &&
    grid.columnSpacingMm === otherGrid.columnSpacingMm &&
    grid.rowSpacingMm === otherGrid.rowSpacingMm
  );
}

function isEqual(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

function ofCandidate(part: LesionPart, candidate: number): LesionPart {
  return part.candidate === candidate ? part : { ...part, candidate };
}

function partOf({ slice, row, start, end, candidate }: CandidateRuns, runs: readonly number[]): LesionPart {
  const first = runs[0] ?? 0;
  let [pixels, sumColumn, sumRow] = [0, 0, 0];
  const columns: [number, number] = [start[first] ?? 0, end[first] ?? 0];
  const rows: [number, number] = [row[first] ?? 0, row[first] ?? 0];
  for (const run of runs) {
    const [from = 0, to = 0, y = 0] = [start[run], end[run], row[run]];
    const length = to - from + 1;
    pixels += length;
    sumColumn += (length * (from + to)) / 2;
    sumRow += length * y;
    columns[0] = Math.min(columns[0], from);
    columns[1] = Math.max(columns[1], to);
    rows[0] = Math.min(rows[0], y);
    rows[1] = Math.max(rows[1], y);
  }
  const centroid = [sumColumn / pixels, sumRow / pixels] as const;
  return { candidate: candidate[first] ?? 0, slice: slice[first] ?? 0, runs, centroid, columns, rows };
}

/** Where a point of a slice lies, given in columns and rows, patient LPS, mm. */
export function lpsOfVoxel({ grid }: CandidateRuns, slice: number, [column, row]: PixelPoint): Lps {
  const { sliceOriginsLpsMm: o, rowDirection: u, columnDirection: v, columnSpacingMm, rowSpacingMm } = grid;
  const at = (axis: 0 | 1 | 2): number =>
    (o[3 * slice + axis] ?? 0) + column * columnSpacingMm * u[axis] + row * rowSpacingMm * v[axis];
  return [at(0), at(1), at(2)];
}

/** The slice whose extent holds a point; nothing outside of the grid. */
export function sliceAt({ grid }: CandidateRuns, lpsMm: Lps): number | undefined {
  const along = dot(lpsMm, grid.normal);
  let [best, distance] = [-1, Number.POSITIVE_INFINITY];
  for (let slice = 0; slice < grid.slices; slice++) {
    const o = grid.sliceOriginsLpsMm;
    const origin: Lps = [o[3 * slice] ?? 0, o[3 * slice + 1] ?? 0, o[3 * slice + 2] ?? 0];
    const away = Math.abs(dot(origin, grid.normal) - along);
    if (away < distance) [best, distance] = [slice, away];
  }
  return best !== -1 && distance <= (grid.sliceIncrementsMm[best] ?? 0) / 2 + 1e-3 ? best : undefined;
}

/** The candidate under a point of a slice: of those in reach the nearest, so that a speck can be hit. */
export function candidateAt(
  map: LesionMap,
  { slice, point: at, reachPx }: { readonly slice: number; readonly point: PixelPoint; readonly reachPx: number },
): number | undefined {
  const { row, start, end } = map.located;
  let [best, distance]: [number | undefined, number] = [undefined, reachPx];
  for (const { runs, candidate, columns, rows } of map.partsOfSlice.get(slice) ?? []) {
    if (at[0] < columns[0] - reachPx || at[0] > columns[1] + reachPx) continue;
    if (at[1] < rows[0] - reachPx || at[1] > rows[1] + reachPx) continue;
    if (!canCount(map, candidate)) continue;
    for (const run of runs) {
      const x = Math.max(0, (start[run] ?? 0) - 0.5 - at[0], at[0] - (end[run] ?? 0) - 0.5);
      const y = Math.max(0, Math.abs((row[run] ?? 0) - at[1]) - 0.5);
      const away = Math.hypot(x, y);
      if (away < distance) [best, distance] = [candidate, away];
    }
  }
  return best;
}

/** Whether an artery can be given: a lesion below the minimum size counts in none. */
export function canCount({ candidates }: LesionMap, candidate: number): boolean {
  return candidates[candidate]?.reason !== "too-small";
}

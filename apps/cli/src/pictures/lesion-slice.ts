import type { ItemMask } from "@etalon/measure";

/** A lesion in one slice of the grid that was measured. */
export interface LesionSlice {
  /** Middle of its voxels there, patient LPS, mm. */
  readonly centerLpsMm: readonly [number, number, number];
  /** Whether the voxel at a point, in mm right of and below that middle, is one of them. */
  readonly isInside: (rightMm: number, downMm: number) => boolean;
}

/** A lesion in the slice where it has most voxels, the lower of two; it has at least one voxel. */
export function largestSliceOf({ grid }: ItemMask, { voxels }: ItemMask["items"][number]): LesionSlice {
  const { rows, columns, rowDirection: u, columnDirection: v, sliceOriginsLpsMm: origins } = grid;
  const bySlice = Map.groupBy(voxels, (voxel) => Math.floor(voxel / (rows * columns)));
  const [slice, own] = [...bySlice].reduce((best, one) => (one[1].length > best[1].length ? one : best));
  const middle = (of: (voxel: number) => number) => own.reduce((sum, voxel) => sum + of(voxel), 0) / own.length;
  const column = middle((voxel) => voxel % columns);
  const row = middle((voxel) => Math.floor(voxel / columns) % rows);
  const [alongRow, alongColumn] = [column * grid.columnSpacingMm, row * grid.rowSpacingMm];
  const at = (axis: 0 | 1 | 2) => origins[3 * slice + axis] + u[axis] * alongRow + v[axis] * alongColumn;
  const inside = new Set(own);
  return {
    centerLpsMm: [at(0), at(1), at(2)],
    isInside: (rightMm, downMm) => {
      const i = Math.round(column + rightMm / grid.columnSpacingMm);
      const j = Math.round(row + downMm / grid.rowSpacingMm);
      if (i < 0 || j < 0 || i >= columns || j >= rows) return false;
      return inside.has((slice * rows + j) * columns + i);
    },
  };
}

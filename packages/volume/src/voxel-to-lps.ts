import { originAt, sliceIndexAt } from "./slice-origin.ts";
import { dot, type Vector3 } from "./vector3.ts";
import type { Grid } from "./volume.ts";

/**
 * World position (patient LPS, mm) of a voxel (i, j, k) = (column, row, slice). Indexes may be fractional or outside the
 * grid: rows and columns go on at their spacing, slices linearly between and beyond their own origins.
 */
export function voxelToLps(grid: Grid, ijk: Vector3): Vector3 {
  const [i, j, k] = ijk;
  const origin = originAt(grid, k);
  const across = i * grid.columnSpacingMm;
  const down = j * grid.rowSpacingMm;
  return [
    origin[0] + across * grid.rowDirection[0] + down * grid.columnDirection[0],
    origin[1] + across * grid.rowDirection[1] + down * grid.columnDirection[1],
    origin[2] + across * grid.rowDirection[2] + down * grid.columnDirection[2],
  ];
}

/**
 * Fractional voxel indexes (i, j, k) of a world position (patient LPS, mm): the inverse of {@link voxelToLps}, for sheared
 * and unevenly spaced stacks too. The slice comes from the distance along the normal; the place in its plane is then
 * solved from its own origin, with directions that need not be exactly perpendicular.
 */
export function lpsToContinuousVoxel(grid: Grid, lpsMm: Vector3): Vector3 {
  const k = sliceIndexAt(grid, dot(lpsMm, grid.normal));
  const origin = originAt(grid, k);
  const fromOrigin: Vector3 = [lpsMm[0] - origin[0], lpsMm[1] - origin[1], lpsMm[2] - origin[2]];
  const along = dot(fromOrigin, grid.rowDirection);
  const down = dot(fromOrigin, grid.columnDirection);
  const skew = dot(grid.rowDirection, grid.columnDirection);
  const determinant = 1 - skew * skew;
  return [
    (along - skew * down) / determinant / grid.columnSpacingMm,
    (down - skew * along) / determinant / grid.rowSpacingMm,
    k,
  ];
}

import { writeNifti } from "@etalon/inputs";
import type { Grid } from "./volume.ts";

/** What is written of a grid's voxels. */
interface GridValues {
  /** Shape [z, y, x]. */
  readonly values: Float32Array;
  /** At most 79 bytes of it are kept. */
  readonly description: string;
  /** Whether the slices are written in descending order of the grid, as the images' own file has them. */
  readonly isReversed: boolean;
}

/** Voxels on a grid as `.nii.gz`, its affine that of the grid's planes in RAS+ mm. */
export function gridNifti(grid: Grid, { values, description, isReversed }: GridValues): Uint8Array {
  const { columns, rows, slices } = grid;
  const perSlice = columns * rows;
  const ordered = new Float32Array(values.length);
  for (let k = 0; k < slices; k++) {
    const from = isReversed ? slices - 1 - k : k;
    ordered.set(values.subarray(from * perSlice, (from + 1) * perSlice), k * perSlice);
  }
  const step = stepLpsMm(grid, isReversed);
  const [sx, sy, sz] = step;
  const first = isReversed ? slices - 1 : 0;
  const [u, v] = [grid.rowDirection, grid.columnDirection];
  const row = (axis: 0 | 1 | 2, sign: 1 | -1) =>
    [
      sign * u[axis] * grid.columnSpacingMm + 0,
      sign * v[axis] * grid.rowSpacingMm + 0,
      sign * step[axis] + 0,
      sign * grid.sliceOriginsLpsMm[3 * first + axis] + 0,
    ] as const;
  return writeNifti({
    ...{ columns, rows, slices, values: ordered, description },
    pixdimMm: [grid.columnSpacingMm, grid.rowSpacingMm, Math.sqrt(sx * sx + sy * sy + sz * sz)],
    affine: [row(0, -1), row(1, -1), row(2, 1)],
  });
}

/** From a slice to the next one of the file; of slices that are not evenly spaced, the mean step. */
function stepLpsMm(grid: Grid, isReversed: boolean): readonly [number, number, number] {
  const { slices, sliceOriginsLpsMm: at, normal, sliceIncrementsMm } = grid;
  const sign = isReversed ? -1 : 1;
  const mean = (axis: 0 | 1 | 2): number =>
    slices > 1 ? (sign * (at[3 * (slices - 1) + axis] - at[axis])) / (slices - 1) : normal[axis] * sliceIncrementsMm[0];
  return [mean(0), mean(1), mean(2)];
}

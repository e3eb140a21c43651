import { writeNifti } from "@etalon/inputs";
import type { ParametricMap } from "@etalon/measure";
import type { Grid } from "@etalon/volume";

/**
 * A map as `.nii.gz`, its affine that of the images' planes in RAS+ mm.
 *
 * @param isReversed whether the slices are written in descending order of the grid, as the images' own file has them
 */
export function mapNifti(map: ParametricMap, isReversed: boolean): Uint8Array {
  const { grid, title, unit } = map;
  const { columns, rows, slices } = grid;
  const perSlice = columns * rows;
  const values = new Float32Array(map.values.length);
  for (let k = 0; k < slices; k++) {
    const from = isReversed ? slices - 1 - k : k;
    values.set(map.values.subarray(from * perSlice, (from + 1) * perSlice), k * perSlice);
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
    ...{ columns, rows, slices, values },
    pixdimMm: [grid.columnSpacingMm, grid.rowSpacingMm, Math.sqrt(sx * sx + sy * sy + sz * sz)],
    affine: [row(0, -1), row(1, -1), row(2, 1)],
    description: `Etalon ${title.en} [${unit}], 0: no value`,
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

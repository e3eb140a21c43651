import { gridNifti } from "@etalon/volume";
import type { ParametricMap } from "./parametric-map.ts";

/**
 * A map as `.nii.gz`, its affine that of the images' planes in RAS+ mm.
 *
 * @param isReversed whether the slices are written in descending order of the grid, as the images' own file has them
 */
export function mapNifti({ grid, title, unit, values }: ParametricMap, isReversed: boolean): Uint8Array {
  return gridNifti(grid, { values, isReversed, description: `Etalon ${title.en} [${unit}], 0: no value` });
}

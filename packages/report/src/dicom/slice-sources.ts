import type { Grid } from "@etalon/volume";
import type { SourceInstance } from "../report-input.ts";

/**
 * The images that each slice of a grid was made from: every image belongs to the slice whose centre lies nearest along the
 * normal, the lower of two. Images whose position is not known belong to none.
 */
export function sliceSources(grid: Grid, sources: readonly SourceInstance[]): SourceInstance[][] {
  const { normal: n, sliceOriginsLpsMm: origins } = grid;
  const centres = Array.from(
    { length: grid.slices },
    (_, k) => origins[3 * k] * n[0] + origins[3 * k + 1] * n[1] + origins[3 * k + 2] * n[2],
  );
  const bySlice: SourceInstance[][] = centres.map(() => []);
  for (const source of sources) {
    if (source.positionLpsMm === undefined) continue;
    const [x, y, z] = source.positionLpsMm;
    const along = x * n[0] + y * n[1] + z * n[2];
    let nearest = 0;
    centres.forEach((centre, k) => {
      if (Math.abs(centre - along) < Math.abs(centres[nearest] - along)) nearest = k;
    });
    bySlice[nearest].push(source);
  }
  return bySlice;
}

import type { Grid } from "@etalon/volume";
import { squaredDistanceMm2 } from "../../squared-distance.ts";

/** How far two surfaces are apart, mm. */
export interface SurfaceDistances {
  readonly mean: number;
  readonly percentile95: number;
  readonly max: number;
}

/**
 * Distances between the surface voxels of two objects, both ways: each to the nearest of the other. `undefined` where one
 * is empty.
 *
 * @see Huttenlocher DP et al. IEEE Trans Pattern Anal Mach Intell 1993;15:850-863, doi 10.1109/34.232073 (recalled)
 */
export function surfaceDistances(a: Uint8Array, b: Uint8Array, grid: Grid): SurfaceDistances | undefined {
  if (!a.includes(1) || !b.includes(1)) return undefined;
  const [surfaceA, surfaceB] = [surfaceOf(a, grid), surfaceOf(b, grid)];
  const both = [...distancesTo(surfaceB, surfaceA, grid), ...distancesTo(surfaceA, surfaceB, grid)].sort(
    (x, y) => x - y,
  );
  return {
    mean: both.reduce((sum, mm) => sum + mm, 0) / both.length,
    // Nearest rank: the smallest that at least 95 % do not exceed.
    percentile95: both[Math.ceil(0.95 * both.length) - 1],
    max: both[both.length - 1],
  };
}

function distancesTo(goal: Uint8Array, from: Uint8Array, grid: Grid): number[] {
  const squared = squaredDistanceMm2(goal, grid);
  const distances: number[] = [];
  for (let i = 0; i < from.length; i++) if (from[i] === 1) distances.push(Math.sqrt(squared[i]));
  return distances;
}

/** 1 where a voxel of the object has a neighbour across a face that is not of it, or none there. */
function surfaceOf(mask: Uint8Array, { columns, rows, slices }: Grid): Uint8Array {
  const perSlice = columns * rows;
  const surface = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const [x, y, z] = [i % columns, Math.floor(i / columns) % rows, Math.floor(i / perSlice)];
    const isInside =
      x > 0 &&
      x < columns - 1 &&
      y > 0 &&
      y < rows - 1 &&
      z > 0 &&
      z < slices - 1 &&
      mask[i - 1] + mask[i + 1] + mask[i - columns] + mask[i + columns] + mask[i - perSlice] + mask[i + perSlice] === 6;
    if (!isInside) surface[i] = 1;
  }
  return surface;
}

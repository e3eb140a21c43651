import { dot, type Vector3 } from "./vector3.ts";
import type { Grid } from "./volume.ts";

/** World position of the centre of the first voxel of slice `k`, mm. */
export function sliceOrigin(grid: Grid, k: number): Vector3 {
  const origins = grid.sliceOriginsLpsMm;
  return [origins[3 * k], origins[3 * k + 1], origins[3 * k + 2]];
}

/** Signed distance of slice `k` along the normal, mm. */
export function slicePosition(grid: Grid, k: number): number {
  return dot(sliceOrigin(grid, k), grid.normal);
}

/**
 * World position of the first voxel of the plane at continuous slice index `k`, mm: linear between neighbouring slices,
 * and beyond the ends as between the last two; a single slice goes on along the normal, one increment per index.
 */
export function originAt(grid: Grid, k: number): Vector3 {
  if (grid.slices === 1) {
    const [x, y, z] = sliceOrigin(grid, 0);
    const alongMm = k * grid.sliceIncrementsMm[0];
    return [x + alongMm * grid.normal[0], y + alongMm * grid.normal[1], z + alongMm * grid.normal[2]];
  }
  const below = Math.min(Math.max(Math.floor(k), 0), grid.slices - 2);
  const share = k - below;
  const a = sliceOrigin(grid, below);
  if (share === 0) return a;
  const b = sliceOrigin(grid, below + 1);
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

/** Continuous slice index of a signed distance along the normal (mm): the inverse of {@link originAt}. */
export function sliceIndexAt(grid: Grid, alongNormalMm: number): number {
  if (grid.slices === 1) return (alongNormalMm - slicePosition(grid, 0)) / grid.sliceIncrementsMm[0];
  let below = 0;
  let above = grid.slices - 1;
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (slicePosition(grid, middle) <= alongNormalMm) below = middle;
    else above = middle;
  }
  const from = slicePosition(grid, below);
  return below + (alongNormalMm - from) / (slicePosition(grid, above) - from);
}

import { RefusalError } from "@etalon/base";
import type { Volume } from "@etalon/volume";
import type { Region } from "./marks.ts";

/** A point of patient space, LPS, mm. */
export type PointLpsMm = readonly [number, number, number];

/** A region of the marks whose shape can be asked for any world point. */
export interface ResolvedRegion {
  readonly id: string;
  readonly label: string;
  readonly mode: Region["mode"];
  /** Box around the shape, patient LPS, mm. */
  readonly minLpsMm: PointLpsMm;
  readonly maxLpsMm: PointLpsMm;
  /** Whether the shape holds a point (its border included), patient LPS, mm. */
  readonly holds: (lpsMm: PointLpsMm) => boolean;
}

/** A region with an analytic shape: sphere or box. */
export function resolveAnalyticRegion(region: Region): ResolvedRegion | undefined {
  const { id, label, mode, shape } = region;
  if (shape.kind === "sphere") {
    const [cx, cy, cz] = shape.centerLpsMm;
    const r = shape.radiusMm;
    return {
      id,
      label,
      mode,
      minLpsMm: [cx - r, cy - r, cz - r],
      maxLpsMm: [cx + r, cy + r, cz + r],
      holds: ([x, y, z]) => (x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz) <= r * r,
    };
  }
  if (shape.kind === "box") {
    const [ax, ay, az] = shape.minLpsMm;
    const [bx, by, bz] = shape.maxLpsMm;
    return {
      id,
      label,
      mode,
      minLpsMm: shape.minLpsMm,
      maxLpsMm: shape.maxLpsMm,
      holds: ([x, y, z]) => x >= ax && x <= bx && y >= ay && y <= by && z >= az && z <= bz,
    };
  }
  return undefined;
}

/** Sees one voxel, by its index in the values and its position; answers whether to go on. */
type VoxelVisitor = (index: number, lpsMm: PointLpsMm) => boolean;

/**
 * Visits every voxel whose centre may lie in a box of patient space, slice by slice, until the visitor returns `false`.
 * Slices may be tilted or unevenly spaced.
 */
export function visitVoxelsInBox(
  volume: Volume,
  minLpsMm: PointLpsMm,
  visit: { readonly maxLpsMm: PointLpsMm; readonly voxel: VoxelVisitor },
): void {
  const { rowDirection: u, columnDirection: v, normal: n, columnSpacingMm, rowSpacingMm } = volume;
  const corners: [number, number, number][] = [];
  for (let c = 0; c < 8; c++) {
    corners.push([
      c & 1 ? visit.maxLpsMm[0] : minLpsMm[0],
      c & 2 ? visit.maxLpsMm[1] : minLpsMm[1],
      c & 4 ? visit.maxLpsMm[2] : minLpsMm[2],
    ]);
  }
  const along = corners.map((p) => p[0] * n[0] + p[1] * n[1] + p[2] * n[2]);
  const low = Math.min(...along);
  const high = Math.max(...along);
  for (let k = 0; k < volume.slices; k++) {
    const ox = volume.sliceOriginsLpsMm[3 * k];
    const oy = volume.sliceOriginsLpsMm[3 * k + 1];
    const oz = volume.sliceOriginsLpsMm[3 * k + 2];
    const here = ox * n[0] + oy * n[1] + oz * n[2];
    if (here < low - 1e-6 || here > high + 1e-6) continue;
    let [i0, i1, j0, j1] = [volume.columns, -1, volume.rows, -1];
    for (const [px, py, pz] of corners) {
      const i = ((px - ox) * u[0] + (py - oy) * u[1] + (pz - oz) * u[2]) / columnSpacingMm;
      const j = ((px - ox) * v[0] + (py - oy) * v[1] + (pz - oz) * v[2]) / rowSpacingMm;
      i0 = Math.min(i0, Math.floor(i));
      i1 = Math.max(i1, Math.ceil(i));
      j0 = Math.min(j0, Math.floor(j));
      j1 = Math.max(j1, Math.ceil(j));
    }
    for (let j = Math.max(0, j0); j <= Math.min(volume.rows - 1, j1); j++) {
      for (let i = Math.max(0, i0); i <= Math.min(volume.columns - 1, i1); i++) {
        const x = ox + i * columnSpacingMm * u[0] + j * rowSpacingMm * v[0];
        const y = oy + i * columnSpacingMm * u[1] + j * rowSpacingMm * v[1];
        const z = oz + i * columnSpacingMm * u[2] + j * rowSpacingMm * v[2];
        if (!visit.voxel((k * volume.rows + j) * volume.columns + i, [x, y, z])) return;
      }
    }
  }
}

/**
 * Refuses two regions that hold the centre of the same voxel of a volume.
 *
 * @throws {RefusalError} `overlapping-regions` naming both
 */
export function requireDisjointRegions(regions: readonly ResolvedRegion[], volume: Volume): void {
  regions.forEach((first, index) => {
    for (const second of regions.slice(index + 1)) {
      const minLpsMm = pairwise(first.minLpsMm, second.minLpsMm, Math.max);
      const maxLpsMm = pairwise(first.maxLpsMm, second.maxLpsMm, Math.min);
      if (minLpsMm.some((low, axis) => low > maxLpsMm[axis])) continue;
      visitVoxelsInBox(volume, minLpsMm, {
        maxLpsMm,
        voxel: (_, lpsMm) => {
          if (!first.holds(lpsMm) || !second.holds(lpsMm)) return true;
          throw new RefusalError("overlapping-regions", {
            field: "marks.regions",
            received: `${first.id}, ${second.id}`,
            details: { first: first.id, second: second.id },
          });
        },
      });
    }
  });
}

/** Whether a region holds the centre of any voxel of a volume. */
export function touchesVolume(region: ResolvedRegion, volume: Volume): boolean {
  let isFound = false;
  visitVoxelsInBox(volume, region.minLpsMm, {
    maxLpsMm: region.maxLpsMm,
    voxel: (_, lpsMm) => {
      isFound = region.holds(lpsMm);
      return !isFound;
    },
  });
  return isFound;
}

/**
 * Map of the `clip` regions over a volume: index in `regions` plus one where a clip region holds the voxel, else 0;
 * `undefined` when no region clips. Shape [z, y, x].
 */
export function rasteriseClips(regions: readonly ResolvedRegion[], volume: Volume): Uint16Array | undefined {
  if (!regions.some(({ mode }) => mode === "clip")) return undefined;
  const map = new Uint16Array(volume.values.length);
  regions.forEach((region, index) => {
    if (region.mode !== "clip") return;
    visitVoxelsInBox(volume, region.minLpsMm, {
      maxLpsMm: region.maxLpsMm,
      voxel: (voxel, lpsMm) => {
        if (region.holds(lpsMm)) map[voxel] = index + 1;
        return true;
      },
    });
  });
  return map;
}

function pairwise(a: PointLpsMm, b: PointLpsMm, pick: (x: number, y: number) => number): [number, number, number] {
  return [pick(a[0], b[0]), pick(a[1], b[1]), pick(a[2], b[2])];
}

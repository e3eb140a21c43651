import type { Volume } from "@etalon/volume";
import { segmentAt } from "../cardiac/aha-segment.ts";
import { wallGeometry } from "../cardiac/wall-geometry.ts";
import type { Seed, Structure } from "../structure.ts";
import { voxelsOf } from "./region-statistics.ts";

/** A part of a map that statistics are given of. */
export interface MapRegion {
  /** Label of the marks, or "AHA-8". */
  readonly site: string;
  readonly voxels: Int32Array;
}

/** The regions of a map. */
export interface MapRegions {
  /** The myocardium, the other drawn labels in alphabetical order, then the segments of the myocardium. */
  readonly regions: readonly MapRegion[];
  /** Why there are no segments, or that the only slice was taken as mid-ventricular; codes of quality notes. */
  readonly notes: readonly ("insertion-not-marked" | "single-slice-as-mid")[];
}

const wall = "lv-myocardium";

function wallFirst(a: string, b: string): number {
  if ((a === wall) !== (b === wall)) return a === wall ? -1 : 1;
  return a < b ? -1 : 1;
}

/**
 * What statistics are given of: every label that is drawn on an input, and the AHA's segments where the myocardium is drawn
 * and the insertion of the right ventricle marked. A single slice counts as mid-ventricular.
 */
export function mapRegions(
  volume: Volume,
  role: string,
  drawn: { readonly structures?: readonly Structure[]; readonly seeds?: readonly Seed[] },
): MapRegions {
  const { structures = [], seeds = [] } = drawn;
  const labels = [...new Set(structures.filter((one) => one.role === role).map(({ label }) => label))].sort(wallFirst);
  const regions = labels
    .map((site) => ({ site, voxels: voxelsOf(structures, role, [site]) }))
    .filter(({ voxels }) => voxels.length > 0);
  const myocardium = regions.find(({ site }) => site === wall);
  if (myocardium === undefined) return { regions, notes: [] };
  const bloodPool = new Uint8Array(volume.values.length);
  for (const voxel of voxelsOf(structures, role, ["lv-blood-pool"])) bloodPool[voxel] = 1;
  const ownSeeds = seeds.filter((seed) => seed.role === role);
  const geometry = wallGeometry(volume, { voxels: myocardium.voxels, bloodPool }, ownSeeds);
  if (!geometry.hasInsertion) return { regions, notes: ["insertion-not-marked"] };
  const sliceOf = new Map(geometry.slices.map((slice) => [slice.slice, slice]));
  const isSingle = geometry.slices.length === 1;
  const perSlice = volume.columns * volume.rows;
  const segments = new Map<number, number[]>();
  for (const voxel of myocardium.voxels) {
    const slice = sliceOf.get(Math.floor(voxel / perSlice));
    if (slice === undefined) continue;
    const row = Math.floor(voxel / volume.columns) % volume.rows;
    const angleDeg = geometry.angleDeg(slice, voxel % volume.columns, row);
    const segment = segmentAt(isSingle ? "mid" : slice.level, angleDeg);
    const own = segments.get(segment);
    if (own === undefined) segments.set(segment, [voxel]);
    else own.push(voxel);
  }
  const bySegment = [...segments].sort(([a], [b]) => a - b);
  return {
    regions: [...regions, ...bySegment.map(([n, voxels]) => ({ site: `AHA-${n}`, voxels: Int32Array.from(voxels) }))],
    notes: isSingle ? ["single-slice-as-mid"] : [],
  };
}

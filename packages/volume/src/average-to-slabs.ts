import { InputError } from "@etalon/base";
import { originAt, sliceIndexAt, slicePosition } from "./slice-origin.ts";
import type { Volume } from "./volume.ts";

/** Slab edges this close to a slice's edge are that edge, and a rest this thin joins the last slab: the tolerance of positions, mm. */
const edgeToleranceMm = 0.01;

/** Part of one slice in one slab. */
interface Share {
  readonly slice: number;
  readonly overlapMm: number;
}

/** One slab, from its lower to its upper edge along the normal. */
interface Slab {
  readonly lowMm: number;
  readonly highMm: number;
  readonly shares: readonly Share[];
}

/**
 * Averages thin slices to slabs of `slabThicknessMm`, side by side from the lower edge of the first slice up; the last one
 * keeps the extent that is left as its increment.
 *
 * Each slice stands for the interval between the midpoints to its neighbours, at the ends as far out as in. A slab's voxel
 * is Σ overlap · value / Σ overlap over the slices it overlaps, summed in slice order in double precision and rounded once
 * to single; where whole slices fit it is their plain mean, and the extent-weighted mean of the volume is kept. The voxel
 * is padding when any contributing voxel is, and its value then holds no measurement. NaN spreads.
 *
 * A slab's origin is that of its centre, linear between the origins of the slices.
 *
 * @throws {InputError} `not-finite` or `out-of-range` when the thickness is not a finite number of at least the smallest increment
 */
export function averageToSlabs(volume: Volume, options: { readonly slabThicknessMm: number }): Volume {
  const { slabThicknessMm } = options;
  const smallestMm = volume.sliceIncrementsMm.reduce((smallest, mm) => Math.min(smallest, mm));
  if (!Number.isFinite(slabThicknessMm)) throw new InputError("not-finite", "slabThicknessMm", slabThicknessMm);
  if (slabThicknessMm < smallestMm - edgeToleranceMm || slabThicknessMm <= 0) {
    throw new InputError("out-of-range", "slabThicknessMm", slabThicknessMm, `>= ${smallestMm} mm`);
  }
  const slabs = layOut(sliceEdges(volume), slabThicknessMm);
  const { padding, ...rest } = volume;
  const sliceOriginsLpsMm = new Float64Array(slabs.length * 3);
  for (const [s, { lowMm, highMm }] of slabs.entries()) {
    sliceOriginsLpsMm.set(originAt(volume, sliceIndexAt(volume, (lowMm + highMm) / 2)), s * 3);
  }
  return {
    ...rest,
    values: averageValues(volume, slabs),
    ...(padding && { padding: spreadPadding(padding, slabs, volume.rows * volume.columns) }),
    slices: slabs.length,
    sliceOriginsLpsMm,
    sliceIncrementsMm: Float64Array.from(slabs, ({ lowMm, highMm }) => highMm - lowMm),
    sliceThicknessMm: slabThicknessMm,
  };
}

/** Lower edge of every slice and the upper edge of the last, mm along the normal. */
function sliceEdges(volume: Volume): readonly number[] {
  const positions = Array.from({ length: volume.slices }, (_, k) => slicePosition(volume, k));
  const last = volume.slices - 1;
  return [
    positions[0] - volume.sliceIncrementsMm[0] / 2,
    ...positions.slice(1).map((position, k) => (positions[k] + position) / 2),
    positions[last] + volume.sliceIncrementsMm[last] / 2,
  ];
}

function layOut(edges: readonly number[], slabThicknessMm: number): readonly Slab[] {
  const bottom = edges[0];
  const top = edges[edges.length - 1];
  const slabs: Slab[] = [];
  let lowMm = bottom;
  let slice = 0;
  for (let n = 1; lowMm < top; n++) {
    const shares: Share[] = [];
    let highMm = Math.min(bottom + n * slabThicknessMm, top);
    for (; slice < edges.length - 1; slice++) {
      // A slab that ends within tolerance of a slice's edge ends there: no sliver of the next slice enters the mean.
      if (Math.abs(edges[slice + 1] - highMm) <= edgeToleranceMm) highMm = edges[slice + 1];
      shares.push({ slice, overlapMm: Math.min(edges[slice + 1], highMm) - Math.max(edges[slice], lowMm) });
      if (edges[slice + 1] > highMm) break;
      if (edges[slice + 1] === highMm) {
        slice++;
        break;
      }
    }
    slabs.push({ lowMm, highMm, shares });
    lowMm = highMm;
  }
  return slabs;
}

function averageValues(volume: Volume, slabs: readonly Slab[]): Float32Array {
  const source = volume.values;
  const voxels = volume.rows * volume.columns;
  const values = new Float32Array(slabs.length * voxels);
  const sums = new Float64Array(voxels);
  for (const [s, { shares }] of slabs.entries()) {
    sums.fill(0);
    let extentMm = 0;
    for (const { slice, overlapMm } of shares) {
      const from = slice * voxels;
      for (let v = 0; v < voxels; v++) sums[v] += overlapMm * source[from + v];
      extentMm += overlapMm;
    }
    for (let v = 0; v < voxels; v++) values[s * voxels + v] = sums[v] / extentMm;
  }
  return values;
}

function spreadPadding(padding: Uint8Array, slabs: readonly Slab[], voxels: number): Uint8Array {
  const spread = new Uint8Array(slabs.length * voxels);
  for (const [s, { shares }] of slabs.entries()) {
    for (const { slice } of shares) {
      for (let v = 0; v < voxels; v++) if (padding[slice * voxels + v] === 1) spread[s * voxels + v] = 1;
    }
  }
  return spread;
}

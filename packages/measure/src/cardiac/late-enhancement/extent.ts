import type { Volume } from "@etalon/volume";
import { otsuThreshold } from "../../otsu-threshold.ts";
import type { Myocardium } from "./myocardium.ts";
import { fwhmThreshold, meanAndSd, nSdThreshold } from "./thresholds.ts";
import type { WallGeometry } from "./wall-geometry.ts";

/** Remote myocardium, and who chose it. */
export interface Remote {
  readonly mean: number;
  readonly sd: number;
  readonly voxels: number;
  readonly isDrawn: boolean;
}

/** A way of saying which voxels are enhanced. */
export type ExtentMethod =
  | "drawn"
  | "sd-2"
  | "sd-3"
  | "sd-4"
  | "sd-5"
  | "sd-6"
  | "n-sd"
  | "fwhm"
  | "fwhm-remote"
  | "otsu";

type Values = Int16Array | Float32Array;

/** Steps in which a remote sector is turned, degrees. */
const TURN_DEG = 10;

/**
 * Signal of remote myocardium: of what is drawn as remote, else of the sector of lowest mean through the whole stack.
 *
 * @param sectorDeg width of that sector
 */
export function remoteOf(
  { volume, sectorDeg }: { readonly volume: Volume; readonly sectorDeg: number },
  myocardium: Pick<Myocardium, "voxels" | "remote">,
  geometry: WallGeometry,
): Remote {
  const { remote } = myocardium;
  if (remote !== undefined) {
    const own = [...myocardium.voxels].filter((voxel) => remote[voxel] === 1).map((voxel) => volume.values[voxel]);
    if (own.length > 1) return { ...meanAndSd(own), voxels: own.length, isDrawn: true };
  }
  const perSlice = volume.columns * volume.rows;
  const sliceOf = new Map(geometry.slices.map((slice) => [slice.slice, slice]));
  const angles = Float64Array.from(myocardium.voxels, (voxel) => {
    const slice = sliceOf.get(Math.floor(voxel / perSlice));
    if (slice === undefined) return 0;
    const row = Math.floor(voxel / volume.columns) % volume.rows;
    return geometry.angleDeg(slice, voxel % volume.columns, row);
  });
  let best: Remote = { ...wholeOf(volume.values, myocardium), isDrawn: false };
  for (let start = 0; start < 360; start += TURN_DEG) {
    const own: number[] = [];
    for (let i = 0; i < angles.length; i++) {
      if ((angles[i] - start + 360) % 360 < sectorDeg) own.push(volume.values[myocardium.voxels[i]]);
    }
    if (own.length < 2) continue;
    const sector = meanAndSd(own);
    if (sector.mean < best.mean) best = { ...sector, voxels: own.length, isDrawn: false };
  }
  return best;
}

function wholeOf(values: Values, { voxels }: Pick<Myocardium, "voxels">): Omit<Remote, "isDrawn"> {
  return { ...meanAndSd(Array.from(voxels, (voxel) => values[voxel])), voxels: voxels.length };
}

/** Signal at or above which a voxel is enhanced; `undefined` where the reader's drawing says it. */
export function thresholdOf(method: ExtentMethod, values: Values, from: ExtentSource): number | undefined {
  const { myocardium, remote, sdCount } = from;
  if (method === "drawn") return undefined;
  if (method === "otsu") return otsuThreshold(Array.from(myocardium.voxels, (voxel) => values[voxel]));
  if (method === "fwhm" || method === "fwhm-remote") {
    const maximum = myocardium.voxels.reduce(
      (most, voxel) => Math.max(most, values[voxel]),
      values[myocardium.voxels[0]],
    );
    return fwhmThreshold(maximum, method === "fwhm" ? 0 : remote.mean);
  }
  return nSdThreshold(remote, method === "n-sd" ? sdCount : Number(method.slice("sd-".length)));
}

/** What an extent is computed from. */
export interface ExtentSource {
  readonly myocardium: Myocardium;
  readonly remote: Remote;
  readonly sdCount: number;
}

/** 1 where the myocardium is scarred by a method: at or above its threshold, or no-reflow, which is dark and drawn. */
export function enhancedBy(method: ExtentMethod, values: Values, from: ExtentSource): Uint8Array {
  const { myocardium } = from;
  const threshold = thresholdOf(method, values, from);
  if (threshold === undefined) return myocardium.drawn;
  const enhanced = new Uint8Array(myocardium.drawn.length);
  for (const voxel of myocardium.voxels) {
    if (values[voxel] >= threshold || myocardium.noReflow[voxel] === 1) enhanced[voxel] = 1;
  }
  return enhanced;
}

/** Volume of the voxels of the myocardium that a mask holds, mL. */
export function volumeMl(mask: Uint8Array, { voxels, voxelMl }: Myocardium, perSlice: number): number {
  const counts = new Float64Array(voxelMl.length);
  for (const voxel of voxels) if (mask[voxel] === 1) counts[Math.floor(voxel / perSlice)]++;
  return counts.reduce((sum, count, slice) => sum + count * voxelMl[slice], 0);
}

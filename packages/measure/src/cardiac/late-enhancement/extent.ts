import { otsuThreshold } from "../../otsu-threshold.ts";
import type { Remote } from "../remote-myocardium.ts";
import { fwhmThreshold, nSdThreshold } from "../thresholds.ts";
import type { Myocardium } from "./myocardium.ts";

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

import { InputError, RefusalError } from "@etalon/base";
import { meanAndSd } from "../thresholds.ts";
import type { DrawnWall } from "../wall-geometry.ts";
import type { OedemaInputs } from "./inputs.ts";

/** The wall on T2-weighted images. */
export interface OedemaWall extends DrawnWall {
  /** 1 where the reader drew oedema; shape of the volume. */
  readonly drawn: Uint8Array;
  /** 1 where the reader drew remote myocardium; absent where none is drawn. */
  readonly remote?: Uint8Array;
  /** Volume of a voxel of each slice, mL. */
  readonly voxelMl: Float64Array;
}

/** What marks draw on T2-weighted images. */
export interface OedemaRegions {
  readonly myocardium: OedemaWall;
  /** Signal of the skeletal muscle's voxels. */
  readonly muscle: readonly number[];
  readonly isOedemaDrawn: boolean;
}

/**
 * Gathers what marks draw on the stack. Oedema may be drawn as part of the myocardium or beside it: both are myocardium.
 *
 * @throws {RefusalError} `structure-missing` without `lv-myocardium` or `skeletal-muscle`; `no-signal` where the myocardium is
 *   all alike or the muscle has no signal
 * @throws {InputError} `not-finite` for a voxel of either that is no number
 */
export function gatherRegions({ roles, structures = [] }: OedemaInputs): OedemaRegions {
  const { volume } = roles["t2-weighted"];
  const size = volume.values.length;
  const maskOf = (label: string): Uint8Array => {
    const mask = new Uint8Array(size);
    for (const structure of structures) {
      if (structure.label !== label) continue;
      for (let i = 0; i < size; i++) mask[i] |= structure.voxels[i];
    }
    return mask;
  };
  const [wall, drawn, remote, bloodPool, muscleMask] = [
    "lv-myocardium",
    "oedema",
    "remote",
    "lv-blood-pool",
    "skeletal-muscle",
  ].map(maskOf);
  for (const [label, mask] of Object.entries({ "lv-myocardium": wall, "skeletal-muscle": muscleMask })) {
    if (!mask.includes(1)) throw new RefusalError("structure-missing", { field: "t2-weighted", received: label });
  }
  const whole = wall.map((value, i) => value | drawn[i]);
  const voxels = indexesOf(whole);
  const muscle = Array.from(indexesOf(muscleMask), (i) => volume.values[i]);
  requireSignal(
    Array.from(voxels, (i) => volume.values[i]),
    muscle,
  );
  const area = volume.columnSpacingMm * volume.rowSpacingMm;
  return {
    myocardium: {
      ...{ voxels, drawn, bloodPool },
      ...(remote.includes(1) ? { remote } : {}),
      voxelMl: volume.sliceIncrementsMm.map((mm) => (mm * area) / 1000),
    },
    muscle,
    isOedemaDrawn: structures.some(({ label }) => label === "oedema"),
  };
}

function indexesOf(mask: Uint8Array): Int32Array {
  const indexes = new Int32Array(mask.reduce((sum, value) => sum + value, 0));
  let filled = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) indexes[filled++] = i;
  return indexes;
}

function requireSignal(myocardium: readonly number[], muscle: readonly number[]): void {
  for (const value of [...myocardium, ...muscle]) {
    if (!Number.isFinite(value)) throw new InputError("not-finite", "t2-weighted", value);
  }
  const [first] = myocardium;
  if (myocardium.every((value) => value === first)) {
    throw new RefusalError("no-signal", { field: "t2-weighted", received: first });
  }
  const level = muscle.reduce((sum, value) => sum + value, 0) / muscle.length;
  if (level <= 0) throw new RefusalError("muscle-without-signal", { field: "t2-weighted", received: level });
}

/** One number that stands for the signal of a region. */
export function signalOf(values: readonly number[], of: "mean" | "median"): number {
  if (of === "mean") return values.length === 1 ? values[0] : meanAndSd(values).mean;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

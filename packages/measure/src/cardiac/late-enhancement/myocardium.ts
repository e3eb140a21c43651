import { InputError, RefusalError } from "@etalon/base";
import type { SeriesInput } from "../../protocol.ts";
import type { Structure } from "../../structure.ts";
import type { LateEnhancementRole } from "./inputs.ts";

/** What is drawn of the myocardium, voxel by voxel. */
export interface Myocardium {
  /** All myocardium: normal, infarct and no-reflow together; indexes of its voxels, ascending. */
  readonly voxels: Int32Array;
  /** 1 where the reader drew infarct or no-reflow; shape of the volume. */
  readonly drawn: Uint8Array;
  readonly noReflow: Uint8Array;
  readonly isInfarctDrawn: boolean;
  /** 1 where the reader drew remote myocardium; absent where none is drawn. */
  readonly remote?: Uint8Array;
  readonly bloodPool: Uint8Array;
  /** Volume of a voxel of each slice, mL. */
  readonly voxelMl: Float64Array;
}

/**
 * Gathers what marks draw on one of the stacks. Labels may exclude each other (normal, infarct, no-reflow) or hold each other (the
 * whole wall, infarct in it): what any of the three names is myocardium.
 *
 * @throws {RefusalError} `structure-missing` without `lv-myocardium`
 * @throws {InputError} `not-finite` for a voxel of the myocardium that is no number; `no-signal` where all of them are equal
 */
export function gatherMyocardium(
  { volume }: Pick<SeriesInput, "volume">,
  role: LateEnhancementRole,
  drawnOnAll: readonly Structure[],
): Myocardium {
  const structures = drawnOnAll.filter((structure) => structure.role === role);
  const size = volume.values.length;
  const maskOf = (label: string): Uint8Array => {
    const mask = new Uint8Array(size);
    for (const structure of structures) {
      if (structure.label !== label) continue;
      for (let i = 0; i < size; i++) mask[i] |= structure.voxels[i];
    }
    return mask;
  };
  const [wall, infarct, noReflow, remote] = ["lv-myocardium", "infarct", "no-reflow", "remote"].map(maskOf);
  const drawn = infarct.slice();
  const whole = wall.slice();
  for (let i = 0; i < size; i++) {
    drawn[i] |= noReflow[i];
    whole[i] |= drawn[i];
  }
  if (!wall.includes(1)) {
    throw new RefusalError("structure-missing", { field: role, received: "lv-myocardium" });
  }
  const voxels = indexesOf(whole);
  requireSignal(role, volume.values, voxels);
  const area = volume.columnSpacingMm * volume.rowSpacingMm;
  return {
    ...{ voxels, drawn, noReflow, bloodPool: maskOf("lv-blood-pool") },
    isInfarctDrawn: structures.some(({ label }) => label === "infarct"),
    ...(remote.includes(1) ? { remote } : {}),
    voxelMl: volume.sliceIncrementsMm.map((mm) => (mm * area) / 1000),
  };
}

function indexesOf(mask: Uint8Array): Int32Array {
  const indexes = new Int32Array(mask.reduce((sum, value) => sum + value, 0));
  let filled = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) indexes[filled++] = i;
  return indexes;
}

function requireSignal(role: LateEnhancementRole, values: Int16Array | Float32Array, voxels: Int32Array): void {
  let isVaried = false;
  for (const voxel of voxels) {
    if (!Number.isFinite(values[voxel])) throw new InputError("not-finite", role, values[voxel]);
    if (values[voxel] !== values[voxels[0]]) isVaried = true;
  }
  if (!isVaried) throw new RefusalError("no-signal", { field: role, received: values[voxels[0]] });
}

import { RefusalError } from "@etalon/base";
import { firstGridDifference } from "../../same-grid.ts";
import type { InterventionInputs } from "./inputs.ts";

/** What marks draw, on one grid; shape of the volume. */
export interface InterventionMasks {
  readonly target: Uint8Array;
  /** What the intervention left, by what it is seen as; `null` where marks do not name it on the images after. */
  readonly after: Readonly<Record<"lesion" | "oedema", Uint8Array | null>>;
  /** The same before it; `null` where there are no images before, or marks do not name it on them. */
  readonly before: Readonly<Record<"lesion" | "oedema", Uint8Array | null>>;
}

/**
 * Gathers the target and what was left. The target may be drawn on either images: both are one grid.
 *
 * @throws {RefusalError} `mask-grid-mismatch` where the images before lie on another grid than those after;
 *   `structure-missing` without `ablation-target`, or without what the check is made by
 */
export function gatherMasks({ roles, parameters, structures = [] }: InterventionInputs): InterventionMasks {
  const { after, before } = roles;
  if (before !== null) {
    const difference = firstGridDifference(before.volume, after.volume);
    if (difference !== undefined) {
      throw new RefusalError("mask-grid-mismatch", {
        field: "before",
        received: difference,
        details: { role: "after" },
      });
    }
  }
  const maskOf = (label: string, on: readonly string[]): Uint8Array | null => {
    const own = structures.filter((structure) => structure.label === label && on.includes(structure.role));
    if (own.length === 0) return null;
    const mask = new Uint8Array(after.volume.values.length);
    for (const { voxels } of own) for (let i = 0; i < mask.length; i++) mask[i] |= voxels[i];
    return mask;
  };
  const target = maskOf("ablation-target", ["after", "before"]);
  if (target === null || !target.includes(1)) {
    throw new RefusalError("structure-missing", { field: "after", received: "ablation-target" });
  }
  const seenAs = (role: string) => ({ lesion: maskOf("lesion", [role]), oedema: maskOf("oedema", [role]) });
  const masks = { target, after: seenAs("after"), before: seenAs("before") };
  const by = parameters["checked-by"];
  if (masks.after[by] === null) throw new RefusalError("structure-missing", { field: "after", received: by });
  if (parameters["scar-before"] === "left-out" && masks.before[by] === null) {
    throw new RefusalError("structure-missing", { field: "before", received: by });
  }
  return masks;
}

/** 1 where a mask holds and another does not. */
export function without(mask: Uint8Array, other: Uint8Array): Uint8Array {
  return mask.map((value, i) => value & (1 - other[i]));
}

import type { SceneObject } from "../rasterise-slice.ts";
import type { Solid } from "../solid.ts";

/** What a body is made of: its name for those who ask what lies at a point, and its attenuation, HU. */
export interface Material {
  readonly tissue: string;
  readonly valueHu: number;
}

/** A large homogeneous body, drawn with few samples. */
export function organ(id: string, material: Material, solid: Solid): SceneObject {
  return { id, ...material, solid, detail: "coarse" };
}

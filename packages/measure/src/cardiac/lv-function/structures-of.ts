import type { Structure } from "../../structure.ts";
import type { LvFunctionInputs, Phase } from "./inputs.ts";

/** What is drawn, and which phases' left blood pool is only proposed. */
export interface PreparedStructures {
  readonly structures: readonly Structure[];
  readonly proposed: readonly Phase[];
}

/** The structures that marks draw. */
export function structuresOf({ structures = [] }: LvFunctionInputs): PreparedStructures {
  return { structures, proposed: [] };
}

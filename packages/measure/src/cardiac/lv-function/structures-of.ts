import type { Structure } from "../../structure.ts";
import type { LvFunctionInputs, Phase } from "./inputs.ts";
import { lvFunctionParameters } from "./parameters.ts";
import { type ProposalRules, proposeBloodPool } from "./propose-blood-pool.ts";

/** What is drawn, and which phases' left blood pool is only proposed. */
export interface PreparedStructures {
  readonly structures: readonly Structure[];
  readonly proposed: readonly Phase[];
}

const POOL = "lv-blood-pool";

/** The structures that marks draw; a left blood pool that is only clicked on is proposed. */
export function structuresOf({ structures = [], seeds = [], roles, parameters }: LvFunctionInputs): PreparedStructures {
  const rules = {
    bloodFraction: parameters["proposal-blood-fraction"],
    wallMm: parameters["proposal-wall"],
    radiusMm: parameters["proposal-radius"],
    windowMm: parameters["proposal-window"],
    wallShare: parameters["proposal-wall-share"],
  };
  const proposed: Phase[] = [];
  const all = [...structures];
  for (const phase of ["end-diastole", "end-systole"] as const) {
    const isDrawn = structures.some(({ role, label }) => role === phase && label === POOL);
    const seed = seeds.find(({ role, label }) => role === phase && label === POOL);
    if (isDrawn || seed === undefined) continue;
    all.push(proposeBloodPool(roles[phase].volume, seed, rules));
    proposed.push(phase);
  }
  return { structures: all, proposed };
}

/** The rules of proposals as the protocol declares them: for who shows a proposal before anything is measured. */
export const defaultProposalRules: ProposalRules = {
  bloodFraction: lvFunctionParameters["proposal-blood-fraction"].default,
  wallMm: lvFunctionParameters["proposal-wall"].default,
  radiusMm: lvFunctionParameters["proposal-radius"].default,
  windowMm: lvFunctionParameters["proposal-window"].default,
  wallShare: lvFunctionParameters["proposal-wall-share"].default,
};

import type { Condition } from "../../engine/condition.ts";

/**
 * Cut-offs as the reference collection recalls them of Kotecha 2019 (05a, perf.mbf_cutoffs), not verified: a territory below
 * the first is a defect, below the second obstructed by another cut-off of the same study; the whole ventricle below the
 * third is reduced. mL/min/g.
 */
export const cutoffs = { defect: 1.82, vessel: 1.94, global: 2.25 } as const;

/** Edges of the normal perfusion reserve, published as "above 2.0 to 2.5" (05a, perf.mbf_cutoffs), not verified. */
export const reserveEdges = { low: 2, high: 2.5 } as const;

const flow = "mL/min/g";
const [lowest, highest] = ["lowest-territory-stress-mbf", "highest-territory-stress-mbf"] as const;

const isGlobalReduced: Condition = { fact: "global-stress-mbf", unit: flow, below: cutoffs.global };
const isGlobalPreserved: Condition = { fact: "global-stress-mbf", unit: flow, atLeast: cutoffs.global };
const hasNoDefect: Condition = { fact: lowest, unit: flow, atLeast: cutoffs.defect };
const isVesselPreserved: Condition = { fact: lowest, unit: flow, atLeast: cutoffs.vessel };
const isReserveHigh: Condition = { fact: "global-perfusion-reserve", unit: "1", above: reserveEdges.high };
const isReserveLow: Condition = { fact: "global-perfusion-reserve", unit: "1", below: reserveEdges.low };
/** Every territory is a defect. */
export const isLowEverywhere: Condition = { fact: highest, unit: flow, below: cutoffs.defect };
/** No artery is narrowed by half. */
export const isUnobstructed: Condition = { fact: "coronary-stenosis-max", unit: "%", below: 50 };

const isObstructed: Condition = { fact: "coronary-stenosis-max", unit: "%", atLeast: 50 };

/** One territory at least is a defect, and one is not; or all are and an artery is known to be narrowed. */
export const isRegional: Condition = {
  any: [
    {
      all: [
        { fact: lowest, unit: flow, below: cutoffs.defect },
        { fact: highest, unit: flow, atLeast: cutoffs.defect },
      ],
    },
    { all: [isLowEverywhere, isObstructed] },
  ],
};

/** Reduced as a whole and in no territory more, or everywhere though no artery is narrowed; and the reserve is not high. */
export const isGlobal: Condition = {
  all: [
    { any: [{ all: [hasNoDefect, isGlobalReduced] }, { all: [isLowEverywhere, isUnobstructed] }] },
    { not: isReserveHigh },
  ],
};

/** Flow of the whole and of every territory preserved, reserve not low. */
export const isNormal: Condition = { all: [isGlobalPreserved, isVesselPreserved, { not: isReserveLow }] };

/** What lies between the published cut-offs, or where they contradict each other. */
export const isBetween: Condition = {
  any: [
    { all: [isGlobalPreserved, hasNoDefect, { fact: lowest, unit: flow, below: cutoffs.vessel }] },
    { all: [isGlobalReduced, hasNoDefect, isReserveHigh] },
    { all: [isLowEverywhere, isUnobstructed, isReserveHigh] },
    { all: [isGlobalReduced, hasNoDefect, { fact: "coronary-stenosis-max", given: true }, isObstructed] },
    { all: [isGlobalPreserved, isVesselPreserved, isReserveLow] },
  ],
};

/** Low everywhere, and nobody said whether an artery is narrowed. */
export const needsAnatomy: Condition = { all: [isLowEverywhere, { fact: "coronary-stenosis-max", given: false }] };

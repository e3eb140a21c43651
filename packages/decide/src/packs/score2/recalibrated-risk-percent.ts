import { exp, log } from "@etalon/kernels";
import type { KnownFacts } from "../../engine/rule.ts";
import { type CardiovascularEquation, riskRegions } from "./cardiovascular-equation.ts";

/**
 * The 10-year risk of a linear predictor, recalibrated to the person's region, in percent, unrounded:
 * `1 - exp(-exp(scale1 + scale2·ln(-ln(1 - risk))))` with `risk = 1 - S0^exp(lp)`. Of the second formula only
 * `ln(-ln(1 - risk)) = ln(-ln S0) + lp` is needed, which holds exactly and loses no digits.
 */
export function recalibratedRiskPercent(
  equation: CardiovascularEquation,
  known: KnownFacts,
  predictor: number,
): number {
  const { baselineSurvival, scales } = known.choice("sex") === "male" ? equation.male : equation.female;
  const [intercept, slope] = scales[riskRegionOf(known)];
  return 100 * (1 - exp(-exp(intercept + slope * (log(-log(baselineSurvival)) + predictor))));
}

function riskRegionOf(known: KnownFacts): (typeof riskRegions)[number] {
  const given = known.choice("risk-region");
  const region = riskRegions.find((region) => region === given);
  if (region === undefined) throw new Error(`no scales for the risk region ${given}`);
  return region;
}

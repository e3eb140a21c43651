import { exp, log, pow } from "@etalon/kernels";
import type { KnownFacts } from "../../engine/rule.ts";
import type { PooledCohortEquation } from "./pce-coefficients.ts";

/**
 * 10-year risk of a first hard atherosclerotic event in percent, unrounded: `100·(1 - S0^exp(Σ βx - mean))`, with age,
 * cholesterol (mg/dL) and blood pressure (mmHg) as natural logarithms.
 *
 * @see Goff DC Jr et al. Circulation 129(25 Suppl 2):S49-S73, 2014, appendix 7, doi 10.1161/01.cir.0000437741.48606.98
 */
export function pooledCohortRiskPercent(beta: PooledCohortEquation, known: KnownFacts): number {
  const age = log(known.number("age"));
  const isTreated = known.is("blood-pressure-medication");
  const systolicAt = isTreated
    ? beta.treatedSystolic + beta.ageTreatedSystolic * age
    : beta.untreatedSystolic + beta.ageUntreatedSystolic * age;
  const sum =
    (beta.age + beta.ageSquared * age) * age +
    (beta.total + beta.ageTotal * age) * log(known.number("total-cholesterol")) +
    (beta.hdl + beta.ageHdl * age) * log(known.number("hdl-cholesterol")) +
    systolicAt * log(known.number("systolic-blood-pressure")) +
    (known.is("current-smoker") ? beta.smoking + beta.ageSmoking * age : 0) +
    (known.is("diabetes") ? beta.diabetes : 0);
  return 100 * (1 - pow(beta.baselineSurvival, exp(sum - beta.mean)));
}

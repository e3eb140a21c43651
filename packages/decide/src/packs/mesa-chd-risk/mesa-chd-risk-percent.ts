import { exp, log, pow } from "@etalon/kernels";
import type { KnownFacts } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import type { MesaChdCoefficients } from "./mesa-chd-coefficients.ts";

/** What both models read. */
export const riskFactors = [
  "age",
  "sex",
  "ethnicity",
  "total-cholesterol",
  "hdl-cholesterol",
  "systolic-blood-pressure",
  "diabetes",
  "current-smoker",
  "family-history-heart-attack",
  "lipid-medication",
  "blood-pressure-medication",
] as const satisfies readonly FactId[];

/**
 * Risk of a coronary event within ten years, %: 100·(1 − S₀^exp(Σ βx)), neither centred nor clipped.
 *
 * @param agatston the score, 0 or above; any number for the model without calcium, which gives it no weight
 * @see McClelland 2015, doi 10.1016/j.jacc.2015.08.035, table 2
 */
export function mesaChdRiskPercent(model: MesaChdCoefficients, known: KnownFacts, agatston: number): number {
  const predictor =
    model.agePerYear * known.number("age") +
    (known.choice("sex") === "male" ? model.male : 0) +
    ethnicityTerm(model, known.choice("ethnicity")) +
    model.totalCholesterolPerMgPerDl * known.number("total-cholesterol") +
    model.hdlCholesterolPerMgPerDl * known.number("hdl-cholesterol") +
    model.systolicBloodPressurePerMmHg * known.number("systolic-blood-pressure") +
    (known.is("diabetes") ? model.diabetes : 0) +
    (known.is("current-smoker") ? model.currentSmoker : 0) +
    (known.is("family-history-heart-attack") ? model.familyHistoryOfHeartAttack : 0) +
    (known.is("lipid-medication") ? model.lipidMedication : 0) +
    (known.is("blood-pressure-medication") ? model.bloodPressureMedication : 0) +
    model.logAgatstonPlus1 * log(agatston + 1);
  return 100 * (1 - pow(model.baselineSurvival, exp(predictor)));
}

/** Every other choice counts as not given; the message does not name it, as the fact is sensitive. */
function ethnicityTerm({ ethnicity }: MesaChdCoefficients, choice: string): number {
  if (choice === "white" || choice === "black" || choice === "hispanic" || choice === "chinese")
    return ethnicity[choice];
  throw new Error("the rule is evaluated for an ethnicity that its equation has no term for");
}

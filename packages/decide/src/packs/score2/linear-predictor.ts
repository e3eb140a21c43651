import type { KnownFacts } from "../../engine/rule.ts";
import { cholesterolMgPerDl } from "../../facts/definitions.ts";
import type { CardiovascularEquation, Effect } from "./cardiovascular-equation.ts";

/** The sum that the equations of the SCORE2 family share: `Σ x·(β + γ·age)`, less the mean predictor. */
export function linearPredictor(equation: CardiovascularEquation, known: KnownFacts, hasDiabetes: boolean): number {
  const { centre, step } = equation;
  const beta = known.choice("sex") === "male" ? equation.male : equation.female;
  const ageSteps = (known.number("age") - centre.ageYears) / step.ageYears;
  const systolicSteps = (known.number("systolic-blood-pressure") - centre.systolicMmHg) / step.systolicMmHg;
  const totalMmolPerL = known.number("total-cholesterol") / cholesterolMgPerDl.factor;
  const hdlMmolPerL = known.number("hdl-cholesterol") / cholesterolMgPerDl.factor;
  return (
    beta.age * ageSteps +
    (known.is("current-smoker") ? atAge(beta.smoking, ageSteps) : 0) +
    (hasDiabetes ? atAge(beta.diabetes, ageSteps) : 0) +
    systolicSteps * atAge(beta.systolic, ageSteps) +
    ((totalMmolPerL - centre.totalMmolPerL) / step.totalMmolPerL) * atAge(beta.total, ageSteps) +
    ((hdlMmolPerL - centre.hdlMmolPerL) / step.hdlMmolPerL) * atAge(beta.hdl, ageSteps) -
    beta.meanPredictor
  );
}

/** A log hazard ratio at an age. */
export function atAge([effect, perAgeStep]: Effect, ageSteps: number): number {
  return effect + perAgeStep * ageSteps;
}

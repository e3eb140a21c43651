import { exp } from "@etalon/kernels";
import type { KnownFacts, RuleValues } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import { type PreventTable, preventOutcomes, preventTerms } from "./prevent-table.ts";

/** The paper's own factor from mg/dL of cholesterol to mmol/L; the facts' (1/38.67) differs in the fifth digit. */
const MMOL_PER_L_IN_MG_PER_DL = 0.02586;

/** What the base model reads. */
export const preventNeeds: readonly FactId[] = [
  "age",
  "sex",
  "total-cholesterol",
  "hdl-cholesterol",
  "systolic-blood-pressure",
  "bmi",
  "egfr",
  "diabetes",
  "current-smoker",
  "blood-pressure-medication",
  "statin",
];

/**
 * The five risks of PREVENT's base model, each a logistic regression of its own: `100 / (1 + exp(-Σ βx))`, in percent,
 * unrounded. Blood pressure, body mass index and filtration rate are linear splines with one knot (110, 30, 60).
 *
 * @see Khan SS et al. Circulation 149:430-449, 2024, doi 10.1161/CIRCULATIONAHA.123.067626
 */
export function preventRisks(table: PreventTable): (known: KnownFacts) => RuleValues {
  const coefficients = { female: flatten(table.female), male: flatten(table.male) };
  return (known) => {
    const beta = known.choice("sex") === "male" ? coefficients.male : coefficients.female;
    const terms = termsOf(known);
    const riskPercent = (outcome: (typeof preventOutcomes)[number]) => {
      let at = preventOutcomes.indexOf(outcome) * terms.length;
      let logOdds = 0;
      for (const term of terms) logOdds += beta[at++] * term;
      return 100 / (1 + exp(-logOdds));
    };
    return {
      totalCvdRiskPercent: riskPercent("totalCvd"),
      ascvdRiskPercent: riskPercent("ascvd"),
      heartFailureRiskPercent: riskPercent("heartFailure"),
      coronaryRiskPercent: riskPercent("coronary"),
      strokeRiskPercent: riskPercent("stroke"),
    };
  };
}

/** Coefficients one outcome after the other, shape `[outcome, term]`; a term that a model lacks is 0. */
function flatten(table: PreventTable["female"]): Float64Array {
  return Float64Array.from(
    preventOutcomes.flatMap((_, outcome) => preventTerms.map((term) => table[term]?.[outcome] ?? 0)),
  );
}

/** The terms in the order of {@link preventTerms}. */
function termsOf(known: KnownFacts): readonly number[] {
  const age = (known.number("age") - 55) / 10;
  const totalMmolPerL = known.number("total-cholesterol") * MMOL_PER_L_IN_MG_PER_DL;
  const hdlMmolPerL = known.number("hdl-cholesterol") * MMOL_PER_L_IN_MG_PER_DL;
  const nonHdl = totalMmolPerL - hdlMmolPerL - 3.5;
  const hdl = (hdlMmolPerL - 1.3) / 0.3;
  const systolicMmHg = known.number("systolic-blood-pressure");
  const systolicFrom110 = (Math.max(systolicMmHg, 110) - 130) / 20;
  const bmi = known.number("bmi");
  const bmiFrom30 = (Math.max(bmi, 30) - 30) / 5;
  const egfr = known.number("egfr");
  const egfrBelow60 = (Math.min(egfr, 60) - 60) / -15;
  const diabetes = known.is("diabetes") ? 1 : 0;
  const smoking = known.is("current-smoker") ? 1 : 0;
  const treated = known.is("blood-pressure-medication") ? 1 : 0;
  const statin = known.is("statin") ? 1 : 0;
  return [
    age,
    age * age,
    nonHdl,
    hdl,
    (Math.min(systolicMmHg, 110) - 110) / 20,
    systolicFrom110,
    diabetes,
    smoking,
    (Math.min(bmi, 30) - 25) / 5,
    bmiFrom30,
    egfrBelow60,
    (Math.max(egfr, 60) - 90) / -15,
    treated,
    statin,
    treated * systolicFrom110,
    statin * nonHdl,
    age * nonHdl,
    age * hdl,
    age * systolicFrom110,
    age * diabetes,
    age * smoking,
    age * bmiFrom30,
    age * egfrBelow60,
    1,
  ];
}

import { log } from "@etalon/kernels";
import type { KnownFacts } from "../../engine/rule.ts";
import { atAge } from "./linear-predictor.ts";
import { diabetesTerms } from "./score2-diabetes-coefficients.ts";

/** What age at diagnosis, HbA1c and eGFR add to the linear predictor of SCORE2-Diabetes. */
export function diabetesPredictor(known: KnownFacts): number {
  const terms = known.choice("sex") === "male" ? diabetesTerms.male : diabetesTerms.female;
  const ageSteps = (known.number("age") - 60) / 5;
  const diagnosisAgeSteps = (known.number("diabetes-age") - 50) / 5;
  const hba1cSteps = (known.number("hba1c") - 31) / 9.34;
  const logEgfrSteps = (log(known.number("egfr")) - 4.5) / 0.15;
  return (
    terms.diagnosisAge * diagnosisAgeSteps +
    hba1cSteps * atAge(terms.hba1c, ageSteps) +
    logEgfrSteps * atAge(terms.logEgfr, ageSteps) +
    terms.logEgfrSquared * logEgfrSteps * logEgfrSteps
  );
}

import type { CardiovascularEquation } from "./cardiovascular-equation.ts";
import { score2Equation } from "./score2-coefficients.ts";

/** What SCORE2-Diabetes adds: log hazard ratios, the second number of a pair per 5 years of age above 60. */
export interface DiabetesTerms {
  /** Age at diagnosis, per 5 years above 50. */
  readonly diagnosisAge: number;
  /** HbA1c, per 9.34 mmol/mol above 31. */
  readonly hba1c: readonly [number, number];
  /** (ln eGFR - 4.5) / 0.15. */
  readonly logEgfr: readonly [number, number];
  /** The square of the same. */
  readonly logEgfrSquared: number;
}

/**
 * SCORE2-Diabetes: baseline survival and scales are those of SCORE2. A second public program (github:Dropy31/FSD-asalee)
 * has the men's HDL and squared eGFR terms for women: a wrong copy.
 *
 * @see Eur Heart J 44:2544-2556, 2023, doi 10.1093/eurheartj/ehad260; values confirmed in
 *   github:dvicencio/RiskScorescvd R/15_SCORE2-Diabetes_func.R, in the authors' own program, github:skkceu/stata
 *   score2dmrisk.ado, and by the 16 cases of the paper's graphical abstract
 */
export const score2DiabetesEquation: CardiovascularEquation = {
  ...score2Equation,
  male: {
    ...score2Equation.male,
    age: 0.5368,
    smoking: [0.4774, -0.0672],
    systolic: [0.1322, -0.0268],
    diabetes: [0.6457, -0.0983],
    total: [0.1102, -0.0181],
    hdl: [-0.1087, 0.0095],
  },
  female: {
    ...score2Equation.female,
    age: 0.6624,
    smoking: [0.6139, -0.1122],
    systolic: [0.1421, -0.0167],
    diabetes: [0.8096, -0.1272],
    total: [0.1127, -0.02],
    hdl: [-0.1568, 0.0186],
  },
};

/** The terms of diabetes itself. Source as {@link score2DiabetesEquation}. */
export const diabetesTerms: Readonly<Record<"male" | "female", DiabetesTerms>> = {
  male: { diagnosisAge: -0.0998, hba1c: [0.0955, -0.0134], logEgfr: [-0.0591, 0.0115], logEgfrSquared: 0.0058 },
  female: { diagnosisAge: -0.118, hba1c: [0.1173, -0.0196], logEgfr: [-0.064, 0.0169], logEgfrSquared: 0.0062 },
};

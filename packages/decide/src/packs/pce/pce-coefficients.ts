/** Coefficients of one of the four pooled cohort equations, on natural logarithms; a term that an equation lacks is 0. */
export interface PooledCohortEquation {
  readonly age: number;
  readonly ageSquared: number;
  readonly total: number;
  readonly ageTotal: number;
  readonly hdl: number;
  readonly ageHdl: number;
  readonly treatedSystolic: number;
  readonly ageTreatedSystolic: number;
  readonly untreatedSystolic: number;
  readonly ageUntreatedSystolic: number;
  readonly smoking: number;
  readonly ageSmoking: number;
  readonly diabetes: number;
  /** Mean of the sum in the cohort, as the guideline prints it. */
  readonly mean: number;
  readonly baselineSurvival: number;
}

/**
 * The four pooled cohort equations.
 *
 * @see Goff DC Jr et al. Circulation 129(25 Suppl 2):S49-S73, 2014, appendix 7, doi 10.1161/01.cir.0000437741.48606.98; values
 *   confirmed in github:vcastro/CVrisk data-raw/score_coef.R and github:martingmayer/preventr R/other_models.R, which has
 *   the means with four decimals (86.6081, -29.1817, 19.5425, 61.1816)
 */
export const pooledCohortEquations: Readonly<
  Record<"white" | "black", Readonly<Record<"female" | "male", PooledCohortEquation>>>
> = {
  white: {
    female: {
      age: -29.799,
      ageSquared: 4.884,
      total: 13.54,
      ageTotal: -3.114,
      hdl: -13.578,
      ageHdl: 3.149,
      treatedSystolic: 2.019,
      ageTreatedSystolic: 0,
      untreatedSystolic: 1.957,
      ageUntreatedSystolic: 0,
      smoking: 7.574,
      ageSmoking: -1.665,
      diabetes: 0.661,
      mean: -29.18,
      baselineSurvival: 0.9665,
    },
    male: {
      age: 12.344,
      ageSquared: 0,
      total: 11.853,
      ageTotal: -2.664,
      hdl: -7.99,
      ageHdl: 1.769,
      treatedSystolic: 1.797,
      ageTreatedSystolic: 0,
      untreatedSystolic: 1.764,
      ageUntreatedSystolic: 0,
      smoking: 7.837,
      ageSmoking: -1.795,
      diabetes: 0.658,
      mean: 61.18,
      baselineSurvival: 0.9144,
    },
  },
  black: {
    female: {
      age: 17.114,
      ageSquared: 0,
      total: 0.94,
      ageTotal: 0,
      hdl: -18.92,
      ageHdl: 4.475,
      treatedSystolic: 29.291,
      ageTreatedSystolic: -6.432,
      untreatedSystolic: 27.82,
      ageUntreatedSystolic: -6.087,
      smoking: 0.691,
      ageSmoking: 0,
      diabetes: 0.874,
      mean: 86.61,
      baselineSurvival: 0.9533,
    },
    male: {
      age: 2.469,
      ageSquared: 0,
      total: 0.302,
      ageTotal: 0,
      hdl: -0.307,
      ageHdl: 0,
      treatedSystolic: 1.916,
      ageTreatedSystolic: 0,
      untreatedSystolic: 1.809,
      ageUntreatedSystolic: 0,
      smoking: 0.549,
      ageSmoking: 0,
      diabetes: 0.645,
      mean: 19.54,
      baselineSurvival: 0.8954,
    },
  },
};

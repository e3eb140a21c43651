import type { CardiovascularEquation } from "./cardiovascular-equation.ts";

/**
 * SCORE2-OP, per year, mmHg and mmol/L. The authors' own program has the same numbers with more digits, and 0.2288 for the
 * women's mean predictor instead of 0.229: less than 0.01 % of risk apart. Early versions of RiskScorescvd have other
 * scales for the low region (-0.61, 0.89 and -0.85, 0.82): these are the authors'.
 *
 * @see Eur Heart J 42:2455-2467, 2021, doi 10.1093/eurheartj/ehab312; values confirmed in
 *   github:dvicencio/RiskScorescvd R/11_SCORE2_func.R (coefficients) and github:skkceu/stata score2oprisk.ado (all)
 */
export const score2OpEquation: CardiovascularEquation = {
  centre: { ageYears: 73, systolicMmHg: 150, totalMmolPerL: 6, hdlMmolPerL: 1.4 },
  step: { ageYears: 1, systolicMmHg: 1, totalMmolPerL: 1, hdlMmolPerL: 1 },
  male: {
    baselineSurvival: 0.7576,
    meanPredictor: 0.0929,
    age: 0.0634,
    smoking: [0.3524, -0.0247],
    systolic: [0.0094, -0.0005],
    diabetes: [0.4245, -0.0174],
    total: [0.085, 0.0073],
    hdl: [-0.3564, 0.0091],
    scales: {
      low: [-0.34, 1.19],
      moderate: [0.01, 1.25],
      high: [0.08, 1.15],
      "very-high": [0.05, 0.7],
    },
  },
  female: {
    baselineSurvival: 0.8082,
    meanPredictor: 0.229,
    age: 0.0789,
    smoking: [0.4921, -0.0255],
    systolic: [0.0102, -0.0004],
    diabetes: [0.601, -0.0107],
    total: [0.0605, -0.0009],
    hdl: [-0.304, 0.0154],
    scales: {
      low: [-0.52, 1.01],
      moderate: [-0.1, 1.1],
      high: [0.38, 1.09],
      "very-high": [0.38, 0.69],
    },
  },
};

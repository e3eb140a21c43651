import type { CardiovascularEquation } from "./cardiovascular-equation.ts";

/**
 * SCORE2: log subdistribution hazard ratios, baseline survival at 10 years, recalibration. The diabetes row served the recalibration
 * only: the equation is for people without diabetes.
 *
 * @see Eur Heart J 42:2439-2454, 2021, supplementary methods, doi 10.1093/eurheartj/ehab309; values confirmed in
 *   github:dvicencio/RiskScorescvd R/11_SCORE2_func.R and in the authors' own program, github:skkceu/stata score2risk.ado
 */
export const score2Equation: CardiovascularEquation = {
  centre: { ageYears: 60, systolicMmHg: 120, totalMmolPerL: 6, hdlMmolPerL: 1.3 },
  step: { ageYears: 5, systolicMmHg: 20, totalMmolPerL: 1, hdlMmolPerL: 0.5 },
  male: {
    baselineSurvival: 0.9605,
    meanPredictor: 0,
    age: 0.3742,
    smoking: [0.6012, -0.0755],
    systolic: [0.2777, -0.0255],
    diabetes: [0.6457, -0.0983],
    total: [0.1458, -0.0281],
    hdl: [-0.2698, 0.0426],
    scales: {
      low: [-0.5699, 0.7476],
      moderate: [-0.1565, 0.8009],
      high: [0.3207, 0.936],
      "very-high": [0.5836, 0.8294],
    },
  },
  female: {
    baselineSurvival: 0.9776,
    meanPredictor: 0,
    age: 0.4648,
    smoking: [0.7744, -0.1088],
    systolic: [0.3131, -0.0277],
    diabetes: [0.8096, -0.1272],
    total: [0.1002, -0.0226],
    hdl: [-0.2606, 0.0613],
    scales: {
      low: [-0.738, 0.7019],
      moderate: [-0.3143, 0.7701],
      high: [0.571, 0.9369],
      "very-high": [0.9412, 0.8329],
    },
  },
};

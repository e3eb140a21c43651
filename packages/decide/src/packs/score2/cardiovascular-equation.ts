/** The risk factors of an equation that are measured. */
interface Measured {
  readonly ageYears: number;
  readonly systolicMmHg: number;
  readonly totalMmolPerL: number;
  readonly hdlMmolPerL: number;
}

/** A log hazard ratio at the central age, and its change per step of age. */
export type Effect = readonly [number, number];

/** Coefficients of one sex. */
interface SexCoefficients {
  /** Share of people without an event after 10 years where every term is 0. */
  readonly baselineSurvival: number;
  /** Mean of the linear predictor, where the paper did not centre it. */
  readonly meanPredictor: number;
  readonly age: number;
  readonly smoking: Effect;
  readonly systolic: Effect;
  readonly diabetes: Effect;
  readonly total: Effect;
  readonly hdl: Effect;
  /** Recalibration to a risk region: intercept and slope on ln(-ln(1 - risk)). */
  readonly scales: Readonly<Record<RiskRegion, readonly [number, number]>>;
}

/** One equation of the SCORE2 family: every measured risk factor enters as `(value - centre) / step`. */
export interface CardiovascularEquation {
  readonly centre: Measured;
  readonly step: Measured;
  readonly male: SexCoefficients;
  readonly female: SexCoefficients;
}

/** The four risk regions, as the fact `risk-region` names them. */
export const riskRegions = ["low", "moderate", "high", "very-high"] as const;

type RiskRegion = (typeof riskRegions)[number];

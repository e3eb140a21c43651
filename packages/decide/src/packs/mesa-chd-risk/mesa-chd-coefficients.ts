/** One Cox model of the MESA score: survival at ten years of the person whose terms are all 0, and log hazard ratios. */
export interface MesaChdCoefficients {
  readonly baselineSurvival: number;
  readonly agePerYear: number;
  readonly male: number;
  /** White is the reference: 0. */
  readonly ethnicity: Readonly<Record<"white" | "black" | "hispanic" | "chinese", number>>;
  readonly diabetes: number;
  readonly currentSmoker: number;
  readonly totalCholesterolPerMgPerDl: number;
  readonly hdlCholesterolPerMgPerDl: number;
  readonly lipidMedication: number;
  readonly systolicBloodPressurePerMmHg: number;
  readonly bloodPressureMedication: number;
  readonly familyHistoryOfHeartAttack: number;
  /** Of ln(Agatston score + 1); 0 in the model without calcium. */
  readonly logAgatstonPlus1: number;
}

/** McClelland 2015, table 2 (PMC4603537), as in github:vcastro/CVrisk data-raw/score_coef.R. */
export const withoutCalcium: MesaChdCoefficients = {
  baselineSurvival: 0.99963,
  agePerYear: 0.0455,
  male: 0.7496,
  ethnicity: { white: 0, black: -0.2111, hispanic: -0.19, chinese: -0.5055 },
  diabetes: 0.5168,
  currentSmoker: 0.4732,
  totalCholesterolPerMgPerDl: 0.0053,
  hdlCholesterolPerMgPerDl: -0.014,
  lipidMedication: 0.2473,
  systolicBloodPressurePerMmHg: 0.0085,
  bloodPressureMedication: 0.3381,
  familyHistoryOfHeartAttack: 0.4522,
  logAgatstonPlus1: 0,
};

/** McClelland 2015, table 2 (PMC4603537), as in github:vcastro/CVrisk data-raw/score_coef.R and a second program. */
export const withCalcium: MesaChdCoefficients = {
  baselineSurvival: 0.99833,
  agePerYear: 0.0172,
  male: 0.4079,
  ethnicity: { white: 0, black: 0.0353, hispanic: -0.0222, chinese: -0.3475 },
  diabetes: 0.3892,
  currentSmoker: 0.3717,
  totalCholesterolPerMgPerDl: 0.0043,
  hdlCholesterolPerMgPerDl: -0.0114,
  lipidMedication: 0.1206,
  systolicBloodPressurePerMmHg: 0.0066,
  bloodPressureMedication: 0.2278,
  familyHistoryOfHeartAttack: 0.3239,
  logAgatstonPlus1: 0.2743,
};

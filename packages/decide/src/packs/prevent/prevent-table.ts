/** What PREVENT gives the risk of, in the order of every row of coefficients. */
export const preventOutcomes = ["totalCvd", "ascvd", "heartFailure", "coronary", "stroke"] as const;

/** Terms of the log odds, in the order of the paper's tables; `ageSquared` is of the 30-year model only. */
export const preventTerms = [
  "age",
  "ageSquared",
  "nonHdl",
  "hdl",
  "systolicBelow110",
  "systolicFrom110",
  "diabetes",
  "smoking",
  "bmiBelow30",
  "bmiFrom30",
  "egfrBelow60",
  "egfrFrom60",
  "bloodPressureTreatment",
  "statin",
  "treatedSystolicFrom110",
  "treatedNonHdl",
  "ageNonHdl",
  "ageHdl",
  "ageSystolicFrom110",
  "ageDiabetes",
  "ageSmoking",
  "ageBmiFrom30",
  "ageEgfrBelow60",
  "constant",
] as const;

type PreventTerm = (typeof preventTerms)[number];

/** Coefficients of one term: total CVD, ASCVD, heart failure, coronary disease, stroke. */
type PreventRow = readonly [number, number, number, number, number];

type SexTable = Readonly<Record<Exclude<PreventTerm, "ageSquared">, PreventRow>> & { readonly ageSquared?: PreventRow };

/** The coefficients of one model over one time. */
export interface PreventTable {
  readonly female: SexTable;
  readonly male: SexTable;
}

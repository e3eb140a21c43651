/**
 * Category of a calcium score, on the unrounded value and without holes: 0; above 0 and below 100; from 100 to below 400;
 * from 400 to below 1000; 1000 and above.
 *
 * @see ACC/AHA 2018, doi 10.1161/CIR.0000000000000625
 */
export function calciumCategory(agatston: number): CalciumCategory {
  if (agatston <= 0) return "0";
  if (agatston < 100) return ">0-<100";
  if (agatston < 400) return ">=100-<400";
  if (agatston < 1000) return ">=400-<1000";
  return ">=1000";
}

/** The codes of the categories. */
export type CalciumCategory = "0" | ">0-<100" | ">=100-<400" | ">=400-<1000" | ">=1000";

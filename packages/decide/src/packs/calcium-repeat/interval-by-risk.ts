/**
 * Years until one person in four with a score of 0 has calcium, by sex and risk.
 *
 * @see abstract 9439, "Incidence of new coronary calcification: what is the warranty period of CAC = 0", the group of Dzaye
 *   2021 (doi 10.1016/j.jcmg.2020.06.048); risk by Framingham
 */
const YEARS = {
  male: { low: 6, intermediate: 5, high: 3 },
  female: { low: 7, intermediate: 5, high: 4 },
} as const;

/** Years of {@link YEARS}; the ESC classes stand for those of the study. */
export function intervalByRiskYears(sex: string, riskClass: string): number {
  const years = YEARS[sex === "male" ? "male" : "female"];
  if (riskClass === "low") return years.low;
  return riskClass === "moderate" ? years.intermediate : years.high;
}

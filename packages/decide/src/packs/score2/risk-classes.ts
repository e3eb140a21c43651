/**
 * Class of an apparently healthy person by age and unrounded risk. High from the first threshold on, very high from the
 * second: 2.5 and 7.5 % below 50 years, 5 and 10 % below 70, 7.5 and 15 % from 70 on.
 *
 * @see 2021 ESC Guidelines on cardiovascular disease prevention, doi 10.1093/eurheartj/ehab484; confirmed in
 *   github:dvicencio/RiskScorescvd R/11_SCORE2_func.R, which calls the classes low, moderate and high
 */
export function escRiskClass(ageYears: number, riskPercent: number): "low-to-moderate" | "high" | "very-high" {
  const [high, veryHigh] = ageYears < 50 ? [2.5, 7.5] : ageYears < 70 ? [5, 10] : [7.5, 15];
  if (riskPercent >= veryHigh) return "very-high";
  return riskPercent >= high ? "high" : "low-to-moderate";
}

/**
 * Class of a person with type 2 diabetes by unrounded risk: moderate from 5 % on, high from 10, very high from 20.
 *
 * @see 2023 ESC Guidelines on cardiovascular disease in diabetes, figure 3, doi 10.1093/eurheartj/ehad192; confirmed in
 *   github:dvicencio/RiskScorescvd R/15_SCORE2-Diabetes_func.R
 */
export function diabetesRiskClass(riskPercent: number): "low" | "moderate" | "high" | "very-high" {
  if (riskPercent >= 20) return "very-high";
  if (riskPercent >= 10) return "high";
  return riskPercent >= 5 ? "moderate" : "low";
}

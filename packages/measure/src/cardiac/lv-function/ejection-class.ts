/** Class of an ejection fraction (%), on the unrounded value: at most 40, above 40 and below 50, from 50 on. */
export type EjectionClass = "<=40" | ">40-<50" | ">=50";

/**
 * The class that a left ventricular ejection fraction falls in.
 *
 * @see McDonagh TA et al., Eur Heart J 2021;42:3599-3726, doi 10.1093/eurheartj/ehab368, table 3 (recalled: ≤ 40, 41-49, ≥ 50)
 */
export function ejectionClass(percent: number): EjectionClass {
  if (percent <= 40) return "<=40";
  return percent < 50 ? ">40-<50" : ">=50";
}

import { InputError } from "@etalon/base";
import { pow } from "@etalon/kernels";

/**
 * Change of the calcium volume on the scale on which repeated scans scatter evenly: √V₂ − √V₁, in √mm³ (mm^1.5). Not
 * rounded; negative where the volume fell.
 *
 * @param volumes calcium volume of the earlier and of the later scan, mm³, at least 0
 * @throws {InputError} `not-finite`; `out-of-range` for a negative volume
 * @see Hokanson 2004, doi 10.2214/ajr.182.5.1821327 (recalled, the text was not read)
 */
export function changeOfRootVolume(volumes: { readonly earlierMm3: number; readonly laterMm3: number }): number {
  requireAtLeastZero("earlier-volume", volumes.earlierMm3);
  requireAtLeastZero("later-volume", volumes.laterMm3);
  return Math.sqrt(volumes.laterMm3) - Math.sqrt(volumes.earlierMm3);
}

/**
 * Yearly growth of a calcium score in percent, compounded: ((later / earlier)^(1 / years) − 1) · 100. Not rounded.
 *
 * @param scores earlier and later score of one kind (Agatston, volume or mass), and the years between the scans
 * @throws {InputError} `not-finite`; `out-of-range` unless earlier > 0, later ≥ 0 and years > 0: growth from nothing has
 * no percentage
 * @see Budoff 2010, doi 10.1016/j.jcmg.2010.08.018 (recalled, the text was not read)
 */
export function annualGrowthPercent(scores: {
  readonly earlier: number;
  readonly later: number;
  readonly years: number;
}): number {
  const { earlier, later, years } = scores;
  requireAtLeastZero("later-score", later);
  for (const [field, value] of [
    ["earlier-score", earlier],
    ["years", years],
  ] as const) {
    requireAtLeastZero(field, value);
    if (value === 0) throw new InputError("out-of-range", field, value, "> 0");
  }
  return (pow(later / earlier, 1 / years) - 1) * 100;
}

function requireAtLeastZero(field: string, value: number): void {
  if (!Number.isFinite(value)) throw new InputError("not-finite", field, value);
  if (value < 0) throw new InputError("out-of-range", field, value, ">= 0");
}

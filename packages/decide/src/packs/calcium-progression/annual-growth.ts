import { pow } from "@etalon/kernels";

/** From here on growth is called clinically significant: the abstract of PMC8673314. */
export const CLINICAL_PERCENT_PER_YEAR = 15;

/** Percentage points that the last bits of the arithmetic may take: from 100 to 115 in a year is 15 %, not a hair less. */
const LAST_BITS = 1e-9;

/**
 * Yearly growth of a score in percent, compounded: ((later / earlier)^(1 / years) − 1) · 100. Not rounded; −100 where all
 * is gone.
 *
 * @param scores two scores of one kind, the earlier above 0, and the years between them, above 0
 * @see Budoff 2010, doi 10.1016/j.jcmg.2010.08.018 (recalled, the text was not read)
 */
export function annualGrowthPercent(scores: {
  readonly earlier: number;
  readonly later: number;
  readonly years: number;
}): number {
  return (pow(scores.later / scores.earlier, 1 / scores.years) - 1) * 100;
}

/** Whether a computed change reaches a limit. */
export function hasGrownBy(change: number, limit: number): boolean {
  return change >= limit - LAST_BITS;
}

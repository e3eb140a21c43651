import { InputError } from "@etalon/base";
import { mesaByAgeMen } from "./mesa-by-age-men.ts";
import { mesaByAgeWomen } from "./mesa-by-age-women.ts";
import type { MesaStratum } from "./mesa-stratum.ts";

/** Ages that the reference covers, in completed years, both included. */
export const mesaAges = { youngest: 45, oldest: 84 };

/** Agatston scores whose percentiles the reference gives at every age, ascending. */
export const mesaLadder: readonly number[] = [1, 2, 5, 12, 30, 80, 200, 500, 1500, 4000];

/** How the scores of people of one age, sex and ethnicity are distributed. Whole per cents, as found. */
export interface MesaDistribution {
  /** Share of people whose score is above 0. */
  readonly nonZeroProbabilityPercent: number;
  /** Percentile of each score of {@link mesaLadder}; never falls along it. */
  readonly percentiles: readonly number[];
}

/**
 * The distribution at an age, whose completed years count: 64.9 is 64.
 *
 * @param ageYears 45 up to, not including, 85
 * @throws {InputError} `out-of-range` for another age
 */
export function mesaDistribution(stratum: MesaStratum, ageYears: number): MesaDistribution {
  const years = Math.floor(ageYears);
  if (!(years >= mesaAges.youngest && years <= mesaAges.oldest)) {
    throw new InputError("out-of-range", "age", ageYears, `${mesaAges.youngest}..${mesaAges.oldest} a`);
  }
  const table = stratum.sex === "male" ? mesaByAgeMen : mesaByAgeWomen;
  const [nonZeroProbabilityPercent, ...percentiles] = table[stratum.ethnicity][years - mesaAges.youngest];
  return { nonZeroProbabilityPercent, percentiles };
}

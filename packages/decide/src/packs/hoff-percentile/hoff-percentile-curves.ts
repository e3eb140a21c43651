import { hoffTable } from "./hoff-table.ts";

/** Youngest age of the reference, completed years. */
const YOUNGEST = 30;
/** The percentiles of the table, in the order of its columns. */
const PERCENTILES = [25, 50, 75, 90] as const;

/** The score that one percentile has at each age. */
export interface HoffPercentileCurve {
  readonly percentile: (typeof PERCENTILES)[number];
  /** `[age, Agatston score]` at the two ends of each age bracket: the table gives one score for a whole bracket. */
  readonly points: readonly (readonly [ageYears: number, agatston: number])[];
}

/**
 * The 25th, 50th, 75th and 90th percentile of the Agatston score over age, for a chart: steps, since the table goes by
 * brackets of age and says nothing between them.
 *
 * @see Hoff 2001, doi 10.1016/S0002-9149(01)01548-X
 */
export function hoffPercentileCurves(sex: "male" | "female"): readonly HoffPercentileCurve[] {
  return PERCENTILES.map((percentile, column) => ({
    percentile,
    points: hoffTable.flatMap((row, at) => {
      const from = at === 0 ? YOUNGEST : hoffTable[at - 1].belowAge;
      return [
        [from, row[sex][column]],
        [row.belowAge, row[sex][column]],
      ] as const;
    }),
  }));
}

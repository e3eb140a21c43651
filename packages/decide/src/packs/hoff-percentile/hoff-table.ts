/** Agatston scores at the 25th, 50th, 75th and 90th percentile of one age bracket. */
export interface HoffRow {
  /** First age that no longer belongs to the row, years. */
  readonly belowAge: number;
  readonly male: readonly [number, number, number, number];
  readonly female: readonly [number, number, number, number];
}

/**
 * Quantiles of the Agatston score by age and sex in 35,246 adults of 30 to 90 years. Ascending in age; the printed rows are
 * <40, 40-44, 45-49 … 70-74, >74 in completed years.
 *
 * Found in a public calculator (github:Magnetron85/Radiology-Right-Click, three equal copies).
 *
 * @see Hoff 2001, doi 10.1016/S0002-9149(01)01548-X
 */
export const hoffTable: readonly HoffRow[] = [
  { belowAge: 40, male: [0, 1, 3, 14], female: [0, 0, 1, 3] },
  { belowAge: 45, male: [0, 1, 9, 59], female: [0, 0, 1, 4] },
  { belowAge: 50, male: [0, 3, 36, 154], female: [0, 0, 2, 22] },
  { belowAge: 55, male: [1, 15, 103, 332], female: [0, 0, 5, 55] },
  { belowAge: 60, male: [4, 48, 215, 554], female: [0, 1, 23, 121] },
  { belowAge: 65, male: [13, 113, 410, 994], female: [0, 3, 57, 193] },
  { belowAge: 70, male: [32, 180, 566, 1299], female: [1, 24, 145, 410] },
  { belowAge: 75, male: [64, 310, 892, 1774], female: [3, 52, 210, 631] },
  { belowAge: 91, male: [166, 473, 1071, 1982], female: [9, 75, 241, 709] },
];

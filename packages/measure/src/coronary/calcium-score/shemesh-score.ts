import { InputError } from "@etalon/base";

/** How much of each artery's length shows calcium: 0 none, 1 below a third, 2 up to two thirds, 3 more. */
export type ShemeshGrades = Readonly<Record<"LM" | "LAD" | "LCX" | "RCA", number>>;

/** The visual score and the class it was published with. */
export interface ShemeshScore {
  /** Sum of the four grades, 0 to 12. */
  readonly total: number;
  readonly category: "0" | "1-3" | "4-6" | "7-12";
}

/**
 * Ordinal score of coronary calcium on an ungated chest CT, from what a reader saw in each artery.
 *
 * @throws {InputError} `out-of-range` for a grade that is not 0, 1, 2 or 3
 * @see Shemesh 2010, doi 10.1148/radiol.10100383 (recalled, the text was not read)
 */
export function shemeshScore(grades: ShemeshGrades): ShemeshScore {
  let total = 0;
  for (const artery of ["LM", "LAD", "LCX", "RCA"] as const) {
    const grade = grades[artery];
    if (![0, 1, 2, 3].includes(grade)) throw new InputError("out-of-range", artery, grade, "0, 1, 2, 3");
    total += grade;
  }
  return { total, category: categoryOf(total) };
}

function categoryOf(total: number): ShemeshScore["category"] {
  if (total === 0) return "0";
  if (total <= 3) return "1-3";
  return total <= 6 ? "4-6" : "7-12";
}

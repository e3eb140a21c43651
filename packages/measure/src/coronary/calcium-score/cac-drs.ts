import { InputError } from "@etalon/base";

/**
 * CAC-DRS code of a calcium score and of the number of arteries with calcium, such as "A2/N3". On the unrounded score and
 * without holes: A0 0; A1 below 100; A2 from 100 to below 300; A3 from 300 on.
 *
 * @param vessels arteries with calcium among LM, LAD, LCX and RCA, 0 to 4
 * @throws {InputError} `out-of-range` for a score below 0 or a number of arteries that cannot be; `not-finite`
 * @see Hecht 2018, doi 10.1016/j.jcct.2018.03.008 (recalled, the text was not read)
 */
export function cacDrsCode(agatston: number, vessels: number): string {
  if (!Number.isFinite(agatston)) throw new InputError("not-finite", "agatston-score", agatston);
  if (agatston < 0) throw new InputError("out-of-range", "agatston-score", agatston, ">= 0");
  if (![0, 1, 2, 3, 4].includes(vessels)) throw new InputError("out-of-range", "vessel-count", vessels, "0..4");
  return `${gradeOf(agatston)}/N${vessels}`;
}

function gradeOf(agatston: number): "A0" | "A1" | "A2" | "A3" {
  if (agatston === 0) return "A0";
  if (agatston < 100) return "A1";
  return agatston < 300 ? "A2" : "A3";
}

import { RefusalError } from "@etalon/base";

/** Myocardial iron by T2*: 0 none, 1 mild, 2 moderate, 3 severe. */
export const ironCategories = ["normal", "mild", "moderate", "severe"] as const;

/** Field at which the cuts were published, T, and how far a scanner's own field may be from its name. */
const publishedFieldT = 1.5;
const fieldToleranceT = 0.1;

/**
 * Category of myocardial iron, on the unrounded value: above 20 ms normal, from 14 mild, from 10 moderate, below severe.
 *
 * @throws {RefusalError} `field-strength-unsupported` at any other field than 1.5 T
 * @see Anderson LJ et al., Eur Heart J 2001;22:2171-2179, doi 10.1053/euhj.2001.2822 (mid septum; recalled, the text was not read)
 */
export function ironCategory(t2starMs: number, fieldStrengthT: number): (typeof ironCategories)[number] {
  if (!(Math.abs(fieldStrengthT - publishedFieldT) <= fieldToleranceT)) {
    throw new RefusalError("field-strength-unsupported", {
      field: "iron-category",
      received: fieldStrengthT,
      details: { expected: publishedFieldT },
    });
  }
  if (t2starMs > 20) return "normal";
  if (t2starMs >= 14) return "mild";
  return t2starMs >= 10 ? "moderate" : "severe";
}

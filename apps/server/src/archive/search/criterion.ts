/**
 * What a matching key asks for, read by the value representation of its attribute (PS3.4 C.2.2.2). SQL and the matcher of
 * data sets in memory are two readings of this one type.
 */
export type Criterion =
  /** Everything matches (C.2.2.2.3). */
  | { readonly kind: "universal" }
  /** What is absent or has no value matches (C.2.2.2.7). */
  | { readonly kind: "empty" }
  /** Text compared letter by letter, with "*" and "?" where `isWild` (C.2.2.2.1, .2, .4). */
  | { readonly kind: "text"; readonly texts: readonly string[]; readonly isWild: boolean; readonly mode: ValueMode }
  | { readonly kind: "number"; readonly numbers: readonly number[]; readonly mode: ValueMode }
  /** Person names folded as `foldName` does, with "*" and "?". */
  | { readonly kind: "name"; readonly names: readonly string[]; readonly mode: ValueMode }
  /** Words of a person name, each of which must begin or resemble a word of the name (C.2.2.2.1.1). */
  | { readonly kind: "fuzzy-name"; readonly words: readonly string[] }
  | MomentCriterion;

/** Of several values of a key, whether one must match or every one (C.2.2.2.8). */
export type ValueMode = "any" | "all";

/**
 * A range of dates, times or both, both ends included (C.2.2.2.5). The ends are digits of full length: 8 of a date, 12 of a
 * time, 20 of a date and time in microseconds; an end left open is absent. What a value leaves unsaid (PS3.5 table 6.2-1,
 * "not precise to the precision of those components") is filled so that its whole period is inside.
 */
export interface MomentCriterion {
  readonly kind: "moment";
  readonly vr: "DA" | "TM" | "DT";
  readonly from?: string;
  readonly to?: string;
  /** Whether a range was asked and not one moment: only ranges are combined with each other. */
  readonly isRange: boolean;
}

/** Whether a text asks for a pattern. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

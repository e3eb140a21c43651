import type { FactId } from "../facts/definitions.ts";

/** Compares a number with a bound, in the fact's own unit, which is written again so that the line can be read alone. */
export interface NumberCondition {
  readonly fact: FactId;
  readonly unit: string;
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** Compares a boolean or a choice with one value. */
export interface ValueCondition {
  readonly fact: FactId;
  readonly is: boolean | string;
}

/** Whether a fact was given at all: two-valued, never undetermined. */
export interface GivenCondition {
  readonly fact: FactId;
  readonly given: boolean;
}

/** A condition on one fact. */
export type Comparison = NumberCondition | ValueCondition | GivenCondition;

/**
 * A condition over facts, as data. Evaluated in Kleene's strong three-valued logic: a missing fact is *unknown*; `all` is
 * false as soon as one part is false, `any` true as soon as one is true, whatever is unknown beside it.
 *
 * @see Kleene SC. Introduction to Metamathematics. 1952, section 64
 */
export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** The bounds of a comparison with their symbols, those that are set. */
export function boundsOf({ atLeast, above, atMost, below }: NumberCondition): readonly (readonly [string, number])[] {
  const bounds = [
    [">=", atLeast],
    [">", above],
    ["<=", atMost],
    ["<", below],
  ] as const;
  return bounds.flatMap(([symbol, bound]) => (bound === undefined ? [] : [[symbol, bound] as const]));
}

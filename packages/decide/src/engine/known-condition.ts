import type { FactId } from "../facts/definitions.ts";
import type { Condition } from "./condition.ts";

/** Known and so, two-valued: a fact that nobody gave makes it false, never unknown. */
export function knownToBe(fact: FactId, is: boolean | string): Condition {
  return {
    all: [
      { fact, given: true },
      { fact, is },
    ],
  };
}

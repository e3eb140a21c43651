import { definitionOf, type FactId } from "../facts/definitions.ts";
import type { Facts, FactValue } from "../facts/facts.ts";
import type { Band, Computation, KnownFacts, RuleValues } from "./rule.ts";

/** Facts without which a computation has no value. */
export function needsOf(computation: Computation): readonly FactId[] {
  if (computation.kind === "constant") return [];
  return computation.kind === "bands" ? [computation.fact] : computation.needs;
}

/** The value of a rule whose needs are all known. */
export function computeValues(computation: Computation, facts: Facts): RuleValues {
  if (computation.kind === "constant") return computation.values;
  const known = knownFacts(facts, needsOf(computation));
  if (computation.kind === "equation") return computation.compute(known);
  return { [computation.gives]: bandOf(computation.bands, known.number(computation.fact)).code };
}

/** The band that a number falls in. The last band has no upper edge, so there is always one. */
export function bandOf(bands: readonly Band[], value: number): Band {
  for (const band of bands) {
    if (band.to === null || value < band.to || (band.includesEdge && value === band.to)) return band;
  }
  throw new Error("a scale must end in a band without an upper edge");
}

/** Reads facts by kind, and only those that were declared: anything else is a mistake in the rule, not in the input. */
function knownFacts(facts: Facts, needs: readonly FactId[]): KnownFacts {
  const givenValue = (id: FactId): FactValue => {
    const fact = facts.get(id);
    if (!needs.includes(id) || fact === undefined) throw new Error(`the rule reads ${id} without needing it`);
    return fact.value;
  };
  const mismatch = (id: FactId): never => {
    throw new Error(`the rule reads ${id} as another kind than ${definitionOf(id).kind}`);
  };
  return {
    number: (id) => {
      const value = givenValue(id);
      return typeof value === "number" ? value : mismatch(id);
    },
    is: (id) => {
      const value = givenValue(id);
      return typeof value === "boolean" ? value : mismatch(id);
    },
    choice: (id) => {
      const value = givenValue(id);
      return typeof value === "string" ? value : mismatch(id);
    },
  };
}

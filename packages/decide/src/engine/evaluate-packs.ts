import type { FactId } from "../facts/definitions.ts";
import { definitionOf } from "../facts/definitions.ts";
import type { Fact, Facts, FactValue } from "../facts/facts.ts";
import { impliedFacts } from "../facts/implied-facts.ts";
import { prepareRule } from "./evaluate-rule.ts";
import type { Derivation, Pack, RuleValue } from "./rule.ts";
import type { Verdict } from "./verdict.ts";

/** Verdicts, and the facts they rest on: the given ones, those that follow from them, and those that rules derived. */
export interface Evaluation {
  readonly verdicts: readonly Verdict[];
  readonly facts: Facts;
}

/**
 * Evaluates packs in their order on the facts of one person. A rule may derive a fact for the rules after it; a fact given
 * from outside always wins. A choice that says no more than a missing fact does is left out, see `countsAsUnknown`.
 */
export function evaluatePacks(packs: readonly Pack[], given: Facts): Evaluation {
  return preparePacks(packs)(given);
}

/** Prepares packs once, to be evaluated as {@link evaluatePacks} does for any number of people. */
export function preparePacks(packs: readonly Pack[]): (given: Facts) => Evaluation {
  const rules = packs.flatMap((pack) => pack.rules.map((rule) => ({ rule, evaluate: prepareRule(rule) })));
  return (given) => {
    const facts = new Map([...given].filter(([, fact]) => !countsAsUnknown(fact)));
    for (const fact of impliedFacts(facts)) facts.set(fact.id, fact);
    const verdicts = rules.map(({ rule, evaluate }) => {
      const verdict = evaluate(facts);
      for (const derivation of verdict.outcome === "applies" ? (rule.derives ?? []) : []) {
        const value = verdict.value?.[derivation.from];
        if (value !== undefined) derive(derivation, { value, verdict, facts });
      }
      return verdict;
    });
    return { verdicts, facts };
  };
}

function countsAsUnknown({ id, value }: Fact): boolean {
  const definition = definitionOf(id);
  return definition.kind === "choice" && definition.countsAsUnknown === value;
}

function derive(
  { fact: id, codes }: Derivation,
  {
    value,
    verdict,
    facts,
  }: { readonly value: RuleValue; readonly verdict: Verdict; readonly facts: Map<FactId, Fact> },
): void {
  if (facts.has(id)) return;
  const mapped: FactValue | undefined = codes === undefined ? value : codes[String(value)];
  // A code that the derivation leaves out derives nothing.
  if (mapped === undefined) return;
  const definition = definitionOf(id);
  facts.set(id, {
    id,
    value: mapped,
    ...(definition.kind === "number" ? { unit: definition.unit } : {}),
    source: `rule ${verdict.rule}`,
    ...(verdict.needsAgain === undefined ? {} : { needsAgain: verdict.needsAgain }),
  });
}

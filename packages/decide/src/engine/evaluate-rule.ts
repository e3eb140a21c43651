import type { Text } from "@etalon/base";
import { definitionOf, type FactId } from "../facts/definitions.ts";
import type { Facts } from "../facts/facts.ts";
import { computeValues, needsOf } from "./compute-values.ts";
import { prepareTrace } from "./prepare-trace.ts";
import type { Rule, RuleValues } from "./rule.ts";
import { factsRead, missingFacts, truthOfCondition } from "./truth-of-condition.ts";
import type { TraceNode, Truth, Verdict } from "./verdict.ts";

/** Said of every rule that was not checked against its document. */
const NOT_VERIFIED: Text = {
  en: "Not verified against the primary source.",
  fr: "Non vérifié dans la source primaire.",
};

/** Said of a rule whose document was withdrawn. */
const RETRACTED: Text = { en: "The source has been retracted.", fr: "La source a été rétractée." };

/** Evaluates one rule on the facts of any number of people. */
export type RuleEvaluator = (facts: Facts) => Verdict;

/**
 * The outcome of one rule on the facts of one person: it applies when its condition is true, what it presumes is not known
 * to be broken, and every fact it computes from is known; it does not when one of the first two fails; otherwise it is
 * undetermined and says which facts are missing.
 */
export function evaluateRule(rule: Rule, facts: Facts): Verdict {
  return prepareRule(rule)(facts);
}

/** Prepares a rule once, to be evaluated as {@link evaluateRule} does for any number of people. */
export function prepareRule(rule: Rule): RuleEvaluator {
  const traceCondition = prepareTrace(rule.when);
  const presumptions = (rule.presumes ?? []).map(({ that, note }) => ({ note, trace: prepareTrace(that) }));
  const needs = needsOf(rule.computation);
  const conclude = prepareVerdict(rule);
  return (facts) => {
    const condition = traceCondition(facts);
    const presumed = presumptions.map(({ note, trace }) => ({ note, node: trace(facts) }));
    const trace = [condition, ...presumed.map(({ node }) => node)];
    if (condition.truth === false || presumed.some(({ node }) => node.truth === false)) {
      return conclude({ outcome: "does-not", caveats: notesOf(presumed, false), trace, facts });
    }
    const unmet = needs.filter((id) => !facts.has(id));
    if (condition.truth === "unknown" || unmet.length > 0) {
      const missing = [...new Set([...missingFacts(rule.when, facts), ...unmet])];
      return conclude({ outcome: "undetermined", missing, caveats: [], trace, facts });
    }
    const held = (rule.caveats ?? []).filter(({ when }) => truthOfCondition(when, facts) === true);
    return conclude({
      outcome: "applies",
      value: computeValues(rule.computation, facts),
      caveats: [...notesOf(presumed, "unknown"), ...held.map(({ text }) => text)],
      trace,
      facts,
    });
  };
}

/** Every fact a rule may read. */
export function factsOfRule(rule: Rule): readonly FactId[] {
  const conditions = [
    rule.when,
    ...(rule.presumes ?? []).map(({ that }) => that),
    ...(rule.caveats ?? []).map(({ when }) => when),
  ];
  return [...new Set([...conditions.flatMap(factsRead), ...needsOf(rule.computation)])];
}

interface Presumed {
  readonly note: Text;
  readonly node: TraceNode;
}

/** The notes of presumptions that came to a truth. */
function notesOf(presumed: readonly Presumed[], truth: Truth): readonly Text[] {
  return presumed.filter(({ node }) => node.truth === truth).map(({ note }) => note);
}

interface Read {
  readonly fact: FactId;
  readonly isSensitive: boolean;
}

/** The sensitive facts among those that are read and known, and those that a derived one rests on; each once. */
function sensitiveAmong(reads: readonly Read[], facts: Facts): readonly FactId[] {
  const found = new Set<FactId>();
  for (const { fact, isSensitive } of reads) {
    const known = facts.get(fact);
    if (isSensitive && known !== undefined) found.add(fact);
    for (const other of known?.needsAgain ?? []) found.add(other);
  }
  return [...found];
}

interface Found {
  readonly outcome: Verdict["outcome"];
  readonly value?: RuleValues;
  readonly missing?: readonly FactId[];
  readonly caveats: readonly Text[];
  readonly trace: readonly TraceNode[];
  readonly facts: Facts;
}

function prepareVerdict(rule: Rule): (found: Found) => Verdict {
  const { id, kind, class: recommendation, level, source, title, statement } = rule;
  const reads = factsOfRule(rule).map((fact) => ({ fact, isSensitive: definitionOf(fact).isSensitive === true }));
  const first = source.isRetracted ? [RETRACTED] : [];
  const last = source.verification === "not-verified" ? [NOT_VERIFIED] : [];
  const pack = id.slice(0, id.indexOf("/"));
  return ({ outcome, value, missing, caveats, trace, facts }) => {
    const needsAgain = sensitiveAmong(reads, facts);
    return {
      ...{ rule: id, pack, outcome },
      ...(value === undefined ? {} : { value }),
      ...(missing === undefined ? {} : { missing }),
      ...{ kind, class: recommendation, level, source, title, statement },
      caveats: [...first, ...caveats, ...last],
      ...(needsAgain.length === 0 ? {} : { needsAgain }),
      trace,
    };
  };
}

import type { Text } from "@etalon/base";
import { definitionOf, type FactId } from "../facts/definitions.ts";
import type { Facts } from "../facts/facts.ts";
import { computeValues, needsOf } from "./compute-values.ts";
import { evaluateCondition, factsRead, missingFacts } from "./evaluate-condition.ts";
import type { Rule, RuleValues } from "./rule.ts";
import type { TraceNode, Verdict } from "./verdict.ts";

/** Said of every rule that was not checked against its document. */
const NOT_VERIFIED: Text = {
  en: "Not verified against the primary source.",
  fr: "Non vérifié dans la source primaire.",
};

/** Said of a rule whose document was withdrawn. */
const RETRACTED: Text = { en: "The source has been retracted.", fr: "La source a été rétractée." };

/**
 * The outcome of one rule on the facts of one person: it applies when its condition is true, what it presumes is not known
 * to be broken, and every fact it computes from is known; it does not when one of the first two fails; otherwise it is
 * undetermined and says which facts are missing.
 */
export function evaluateRule(rule: Rule, facts: Facts): Verdict {
  const condition = evaluateCondition(rule.when, facts);
  const presumed = (rule.presumes ?? []).map(({ that, note }) => ({ note, node: evaluateCondition(that, facts) }));
  const trace = [condition, ...presumed.map(({ node }) => node)];
  if (condition.truth === false || presumed.some(({ node }) => node.truth === false)) {
    return verdictOf(rule, { outcome: "does-not", caveats: brokenNotes(presumed), trace, facts });
  }
  const missing = [
    ...new Set([
      ...(condition.truth === "unknown" ? missingFacts(rule.when, facts) : []),
      ...needsOf(rule.computation).filter((id) => !facts.has(id)),
    ]),
  ];
  if (missing.length > 0) return verdictOf(rule, { outcome: "undetermined", missing, caveats: [], trace, facts });
  const value = computeValues(rule.computation, facts);
  const takenForGranted = presumed.filter(({ node }) => node.truth === "unknown").map(({ note }) => note);
  const held = (rule.caveats ?? []).filter(({ when }) => evaluateCondition(when, facts).truth === true);
  const caveats = [...takenForGranted, ...held.map(({ text }) => text)];
  return verdictOf(rule, { outcome: "applies", value, caveats, trace, facts });
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

function brokenNotes(presumed: readonly Presumed[]): readonly Text[] {
  return presumed.filter(({ node }) => node.truth === false).map(({ note }) => note);
}

interface Found {
  readonly outcome: Verdict["outcome"];
  readonly value?: RuleValues;
  readonly missing?: readonly FactId[];
  readonly caveats: readonly Text[];
  readonly trace: readonly TraceNode[];
  readonly facts: Facts;
}

function verdictOf(rule: Rule, found: Found): Verdict {
  const { outcome, value, missing, trace, facts } = found;
  const needsAgain = factsOfRule(rule).filter((id) => facts.has(id) && definitionOf(id).isSensitive === true);
  const caveats = [
    ...(rule.source.isRetracted ? [RETRACTED] : []),
    ...found.caveats,
    ...(rule.source.verification === "not-verified" ? [NOT_VERIFIED] : []),
  ];
  return {
    rule: rule.id,
    pack: rule.id.slice(0, rule.id.indexOf("/")),
    outcome,
    ...(value === undefined ? {} : { value }),
    ...(missing === undefined ? {} : { missing }),
    kind: rule.kind,
    class: rule.class,
    level: rule.level,
    source: rule.source,
    title: rule.title,
    statement: rule.statement,
    caveats,
    ...(needsAgain.length === 0 ? {} : { needsAgain }),
    trace,
  };
}

import { definitionOf, type FactId } from "../facts/definitions.ts";
import type { FactValue } from "../facts/facts.ts";
import { parseFacts } from "../facts/parse-facts.ts";
import { decide } from "./decide.ts";
import type { Pack } from "./rule.ts";
import type { Verdict } from "./verdict.ts";

/** Facts as a test writes them: numbers in the unit of their definition. */
export type Given = Readonly<Partial<Record<FactId, FactValue>>>;

/**
 * For tests of packs: the verdict of one rule, asked as a person asks, through `parseFacts` and `decide`.
 *
 * @throws {Error} where no pack has the rule
 */
export function askRule(packs: readonly Pack[], rule: string, given: Given): Verdict {
  // Object.entries forgets which strings are keys.
  const entries = Object.entries(given) as [FactId, FactValue][];
  const facts = entries.map(([id, value]) => {
    const definition = definitionOf(id);
    return definition.kind === "number" ? { id, value, unit: definition.unit } : { id, value };
  });
  const { verdicts } = decide(packs, parseFacts({ schema: "etalon.facts/1", facts }), [
    rule.slice(0, rule.indexOf("/")),
  ]);
  const verdict = verdicts.find((found) => found.rule === rule);
  if (verdict === undefined) throw new Error(`no pack has the rule ${rule}`);
  return verdict;
}

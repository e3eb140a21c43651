import type { FactId } from "../facts/definitions.ts";
import type { Facts, FactValue } from "../facts/facts.ts";
import type { Comparison, Condition } from "./condition.ts";
import type { Truth } from "./verdict.ts";

/** The truth of a condition on facts, in Kleene's strong three-valued logic. */
export function truthOfCondition(condition: Condition, facts: Facts): Truth {
  if ("all" in condition) return joined(condition.all, false, facts);
  if ("any" in condition) return joined(condition.any, true, facts);
  if ("not" in condition) return negated(truthOfCondition(condition.not, facts));
  return truthOfComparison(condition, facts.get(condition.fact)?.value);
}

/** The truth of one comparison with a fact's value, `undefined` where it is missing. */
export function truthOfComparison(condition: Comparison, value: FactValue | undefined): Truth {
  if ("given" in condition) return (value !== undefined) === condition.given;
  if (value === undefined) return "unknown";
  if ("is" in condition) return value === condition.is;
  if (typeof value !== "number") return "unknown";
  const { atLeast, above, atMost, below } = condition;
  return (
    (atLeast === undefined || value >= atLeast) &&
    (above === undefined || value > above) &&
    (atMost === undefined || value <= atMost) &&
    (below === undefined || value < below)
  );
}

/** Not true is false, not unknown is unknown. */
export function negated(truth: Truth): Truth {
  return truth === "unknown" ? "unknown" : !truth;
}

/** Facts that could settle an unknown condition: those missing in its unknown parts. In order of reading, each once. */
export function missingFacts(condition: Condition, facts: Facts): readonly FactId[] {
  const missing = new Set<FactId>();
  collectMissing(condition, facts, missing);
  return [...missing];
}

/** Every fact a condition reads, each once. */
export function factsRead(condition: Condition): readonly FactId[] {
  if ("all" in condition) return [...new Set(condition.all.flatMap(factsRead))];
  if ("any" in condition) return [...new Set(condition.any.flatMap(factsRead))];
  return "not" in condition ? factsRead(condition.not) : [condition.fact];
}

/** `all` is settled by one false part, `any` by one true part. */
function joined(parts: readonly Condition[], settling: boolean, facts: Facts): Truth {
  let truth: Truth = !settling;
  for (const part of parts) {
    const found = truthOfCondition(part, facts);
    if (found === settling) return settling;
    if (found === "unknown") truth = "unknown";
  }
  return truth;
}

function collectMissing(condition: Condition, facts: Facts, missing: Set<FactId>): void {
  if (truthOfCondition(condition, facts) !== "unknown") return;
  if ("all" in condition) for (const part of condition.all) collectMissing(part, facts, missing);
  else if ("any" in condition) for (const part of condition.any) collectMissing(part, facts, missing);
  else if ("not" in condition) collectMissing(condition.not, facts, missing);
  else missing.add(condition.fact);
}

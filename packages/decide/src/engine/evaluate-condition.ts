import type { FactId } from "../facts/definitions.ts";
import { definitionOf } from "../facts/definitions.ts";
import type { Facts } from "../facts/facts.ts";
import type { Condition, NumberCondition } from "./condition.ts";
import type { TraceNode, Truth } from "./verdict.ts";

/** What a sensitive fact is shown as. */
const WITHHELD = "withheld";

/** Evaluates a condition on facts and says how it came to its truth. */
export function evaluateCondition(condition: Condition, facts: Facts): TraceNode {
  if ("all" in condition) return group("all", condition.all, facts);
  if ("any" in condition) return group("any", condition.any, facts);
  if ("not" in condition) {
    const part = evaluateCondition(condition.not, facts);
    return { truth: part.truth === "unknown" ? "unknown" : !part.truth, condition: "not", parts: [part] };
  }
  return compare(condition, facts);
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

/** A comparison in symbols: `age >= 45 a`. */
export function conditionText(
  condition: Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>,
): string {
  if ("given" in condition) return `${condition.fact} is ${condition.given ? "given" : "not given"}`;
  if ("is" in condition) return `${condition.fact} is ${condition.is}`;
  const { fact, unit } = condition;
  return boundsOf(condition)
    .map(([symbol, bound]) => `${fact} ${symbol} ${bound}${unit === "1" ? "" : ` ${unit}`}`)
    .join(" and ");
}

function group(kind: "all" | "any", conditions: readonly Condition[], facts: Facts): TraceNode {
  const parts = conditions.map((condition) => evaluateCondition(condition, facts));
  const settled = kind === "any";
  const truth = parts.some((part) => part.truth === settled)
    ? settled
    : parts.some((part) => part.truth === "unknown")
      ? "unknown"
      : !settled;
  // Which of the parts holds would give a sensitive fact away.
  if (parts.length > 1 && parts.every(({ received }) => received === WITHHELD)) {
    return { truth, condition: `${factsRead({ all: conditions }).join(", ")} is ${WITHHELD}`, received: WITHHELD };
  }
  return { truth, condition: kind, parts };
}

type Comparison = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

function compare(condition: Comparison, facts: Facts): TraceNode {
  const text = conditionText(condition);
  const fact = facts.get(condition.fact);
  const isSensitive = definitionOf(condition.fact).isSensitive === true;
  const received = fact === undefined ? {} : { received: isSensitive ? WITHHELD : fact.value };
  // The bound itself would give a sensitive fact away.
  const shown = isSensitive && !("given" in condition) ? `${condition.fact} is ${WITHHELD}` : text;
  return { truth: truthOf(condition, fact?.value), condition: shown, ...received };
}

function truthOf(condition: Comparison, value: number | boolean | string | undefined): Truth {
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

function boundsOf({ atLeast, above, atMost, below }: NumberCondition): (readonly [string, number])[] {
  const bounds: (readonly [string, number | undefined])[] = [
    [">=", atLeast],
    [">", above],
    ["<=", atMost],
    ["<", below],
  ];
  return bounds.flatMap(([symbol, bound]) => (bound === undefined ? [] : [[symbol, bound] as const]));
}

function collectMissing(condition: Condition, facts: Facts, missing: Set<FactId>): void {
  if (evaluateCondition(condition, facts).truth !== "unknown") return;
  if ("all" in condition) for (const part of condition.all) collectMissing(part, facts, missing);
  else if ("any" in condition) for (const part of condition.any) collectMissing(part, facts, missing);
  else if ("not" in condition) collectMissing(condition.not, facts, missing);
  else missing.add(condition.fact);
}

import { definitionOf } from "../facts/definitions.ts";
import type { Facts } from "../facts/facts.ts";
import { WITHHELD } from "../facts/withheld.ts";
import { boundsOf, type Comparison, type Condition } from "./condition.ts";
import { factsRead, negated, truthOfComparison } from "./truth-of-condition.ts";
import type { TraceNode, Truth } from "./verdict.ts";

/** Says on the facts of one person how a condition came to its truth. */
export type Trace = (facts: Facts) => TraceNode;

/** Prepares the words of a condition once, to be traced for any number of people. */
export function prepareTrace(condition: Condition): Trace {
  if ("all" in condition) return prepareGroup("all", condition.all);
  if ("any" in condition) return prepareGroup("any", condition.any);
  if ("not" in condition) {
    const trace = prepareTrace(condition.not);
    return (facts) => {
      const part = trace(facts);
      return { truth: negated(part.truth), condition: "not", parts: [part] };
    };
  }
  return prepareComparison(condition);
}

function prepareGroup(kind: "all" | "any", conditions: readonly Condition[]): Trace {
  const traces = conditions.map(prepareTrace);
  const settling = kind === "any";
  const withheld = `${factsRead({ all: conditions }).join(", ")} is ${WITHHELD}`;
  return (facts) => {
    const parts = traces.map((trace) => trace(facts));
    let truth: Truth = !settling;
    for (const part of parts) {
      if (part.truth === settling) truth = settling;
      else if (part.truth === "unknown" && truth !== settling) truth = "unknown";
    }
    // Which of the parts holds would give a sensitive fact away.
    if (parts.length > 1 && parts.every(({ received }) => received === WITHHELD)) {
      return { truth, condition: withheld, received: WITHHELD };
    }
    return { truth, condition: kind, parts };
  };
}

function prepareComparison(condition: Comparison): Trace {
  const { fact: id } = condition;
  const isSensitive = definitionOf(id).isSensitive === true;
  // The bound itself would give a sensitive fact away.
  const text = isSensitive && !("given" in condition) ? `${id} is ${WITHHELD}` : textOf(condition);
  return (facts) => {
    const value = facts.get(id)?.value;
    const truth = truthOfComparison(condition, value);
    return value === undefined
      ? { truth, condition: text }
      : { truth, condition: text, received: isSensitive ? WITHHELD : value };
  };
}

/** A comparison in symbols: `age >= 45 a`. */
function textOf(condition: Comparison): string {
  if ("given" in condition) return `${condition.fact} is ${condition.given ? "given" : "not given"}`;
  if ("is" in condition) return `${condition.fact} is ${condition.is}`;
  const { fact, unit } = condition;
  return boundsOf(condition)
    .map(([symbol, bound]) => `${fact} ${symbol} ${bound}${unit === "1" ? "" : ` ${unit}`}`)
    .join(" and ");
}

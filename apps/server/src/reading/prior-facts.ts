import { definitionOf, type Fact, isFactId } from "@etalon/decide";
import type { PriorResult } from "@etalon/report";

/** Days of a year, as the definition of "years-between-scans" converts them. */
const daysPerYear = 365.25;

/**
 * What the last result of the same patient says as facts: the rules on what changed read them. Only of a result by the same
 * version of the protocol, and where the days between are known.
 */
export function priorFacts(prior: PriorResult | null): readonly Fact[] {
  if (prior === null || !prior.sameProtocolVersion || prior.days === undefined || prior.days <= 0) return [];
  const source = `result ${prior.digest}`;
  const earlier = prior.outputs.flatMap(({ id, unit, before: value }): readonly Fact[] => {
    const fact = `earlier-${id}`;
    if (!isFactId(fact)) return [];
    const definition = definitionOf(fact);
    return definition.kind === "number" && definition.unit === unit ? [{ id: fact, value, unit, source }] : [];
  });
  if (earlier.length === 0) return [];
  return [...earlier, { id: "years-between-scans", value: prior.days / daysPerYear, unit: "a", source }];
}

import type { Result } from "@etalon/measure";
import { definitionOf, isFactId } from "./definitions.ts";
import type { Fact } from "./facts.ts";

/** The totals of a result that are facts by their name and unit; their source is the result's digest. */
export function factsOfResult(result: Result): readonly Fact[] {
  const source = `result ${result.digest}${result.provisional ? " (provisional)" : ""}`;
  return result.outputs.flatMap(({ id, value, unit, site, item }) => {
    if (site !== undefined || item !== undefined || !isFactId(id)) return [];
    const definition = definitionOf(id);
    return definition.kind === "number" && definition.unit === unit ? [{ id, value, unit, source }] : [];
  });
}

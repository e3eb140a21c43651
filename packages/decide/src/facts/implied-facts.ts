import type { FactId } from "./definitions.ts";
import type { Fact, Facts, FactValue } from "./facts.ts";

interface Implication {
  readonly from: FactId;
  /** The value that it follows from; any where it is absent. */
  readonly is?: FactValue;
  readonly implies: FactId;
  readonly value: FactValue;
}

/** What is true by the meaning of the facts themselves: each the other side of a contradiction that is refused. */
const implications: readonly Implication[] = [
  { from: "diabetes-age", implies: "diabetes", value: true },
  { from: "diabetes-type", implies: "diabetes", value: true },
  { from: "diabetes-a-priori-risk", implies: "diabetes", value: true },
  { from: "statin", is: true, implies: "lipid-medication", value: true },
  { from: "lipid-medication", is: false, implies: "statin", value: false },
];

/** Facts that were not given and follow from those that were: no rule may presume no diabetes in a person with a type of it. */
export function impliedFacts(facts: Facts): readonly Fact[] {
  const implied = new Map<FactId, Fact>();
  for (const { from, is, implies, value } of implications) {
    const said = facts.get(from)?.value;
    if (said === undefined || (is !== undefined && said !== is) || facts.has(implies) || implied.has(implies)) continue;
    implied.set(implies, { id: implies, value, source: `fact ${from}` });
  }
  return [...implied.values()];
}

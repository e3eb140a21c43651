import type { FactId } from "./definitions.ts";

/** The value of a fact, in the unit of its definition. */
export type FactValue = number | boolean | string;

/** One thing known of a person. */
export interface Fact {
  readonly id: FactId;
  readonly value: FactValue;
  /** UCUM unit of a number: always its definition's. */
  readonly unit?: string;
  /** Where it comes from: "given", "dicom-header", "result <digest>", "rule <id>", "fact <id>" that it follows from. */
  readonly source: string;
  /** Day it was true, YYYY-MM-DD, where it is said. */
  readonly date?: string;
  /** Sensitive facts that a derived one rests on: it can be derived again only with them given again. */
  readonly needsAgain?: readonly FactId[];
}

/** What is known of one person: at most one fact of each id. */
export type Facts = ReadonlyMap<FactId, Fact>;

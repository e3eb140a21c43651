import { EtalonError, InputError } from "@etalon/base";
import { z } from "zod";
import { contradictionIn } from "./contradictions.ts";
import { definitionOf, type FactId, factDefinitions, isFactId } from "./definitions.ts";
import type { ChoiceDefinition, NumberDefinition, UnitConversion } from "./fact-definition.ts";
import type { Fact, Facts, FactValue } from "./facts.ts";
import { WITHHELD } from "./withheld.ts";

const givenFact = z.strictObject({
  id: z.string(),
  value: z.union([z.number(), z.boolean(), z.string()]),
  unit: z.string().optional(),
  source: z.string().optional(),
  date: z.iso.date().optional(),
});

/** Schema of `etalon.facts/1`. */
export const factsSchema = z.strictObject({ schema: z.literal("etalon.facts/1"), facts: z.array(givenFact) });

/** A fact as a document gives it: in any unit its definition accepts. */
export type GivenFact = z.infer<typeof givenFact>;

/**
 * Facts from parsed JSON, converted to the units that rules read.
 *
 * @throws {EtalonError} `schema-mismatch`, naming the fact where it says which it is; `unknown-fact`; `unknown-fact-value` for
 *   what is not its kind or one of its choices; `unknown-fact-unit` for a missing or unknown unit; `not-finite`; `out-of-range`;
 *   `contradictory-facts` naming the two
 */
export function parseFacts(value: unknown): Facts {
  const parsed = factsSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new EtalonError("schema-mismatch", {
      field: placeOf(issue?.path ?? [], value),
      received: issue?.message ?? "not valid",
      details: { schema: "etalon.facts/1" },
    });
  }
  return collectFacts(parsed.data.facts.map((given) => readFact(given)));
}

const namedFact = z.looseObject({ id: z.string() });

/** The id of the fact that a schema's complaint is about, where it says which it is; else the place in the document. */
function placeOf(path: readonly PropertyKey[], document: unknown): string {
  const list = z.looseObject({ facts: z.array(z.unknown()) }).safeParse(document);
  const fact = namedFact.safeParse(list.data?.facts[Number(path[1])]);
  if (fact.success && isFactId(fact.data.id)) return fact.data.id;
  return path.length === 0 ? "facts" : path.join(".");
}

/**
 * Facts gathered into one set. The same fact twice with one value is one fact, the first; so are two ages no more than a
 * year apart, since they may be said on two days.
 *
 * @throws {EtalonError} `contradictory-facts` for two values of one fact, or for facts that cannot both be true;
 *   `troponin-without-assay`
 */
export function collectFacts(list: readonly Fact[]): Facts {
  const facts = new Map<FactId, Fact>();
  for (const fact of list) {
    const known = facts.get(fact.id);
    if (known !== undefined && !isSameValue(known, fact)) {
      throw new EtalonError("contradictory-facts", {
        field: fact.id,
        received: isSensitive(fact.id) ? WITHHELD : `${known.value} (${known.source}), ${fact.value} (${fact.source})`,
      });
    }
    if (known === undefined) facts.set(fact.id, fact);
  }
  if (facts.has("troponin") && !facts.has("troponin-assay")) {
    throw new EtalonError("troponin-without-assay", { field: "troponin-assay", received: "–" });
  }
  const contradiction = contradictionIn(facts);
  if (contradiction !== undefined) throw new EtalonError("contradictory-facts", contradiction);
  return facts;
}

/** Years between two ages said of one person that may both be right: a birthday lies between them. */
const AGE_TOLERANCE_A = 1;

function isSameValue(a: Fact, b: Fact): boolean {
  if (a.value === b.value) return true;
  if (a.id !== "age" || a.source === b.source) return false;
  return Math.abs(Number(a.value) - Number(b.value)) <= AGE_TOLERANCE_A;
}

/**
 * One given fact, checked against its definition and converted to its unit.
 *
 * @throws {EtalonError} as {@link parseFacts}
 */
export function readFact(given: GivenFact): Fact {
  const { id } = given;
  if (!isFactId(id)) throw new InputError("unknown-fact", "id", id, Object.keys(factDefinitions).join(", "));
  const definition = definitionOf(id);
  const source = given.source ?? "given";
  const dated = given.date === undefined ? {} : { date: given.date };
  if (definition.kind === "number") {
    return { id, value: readNumber(given, definition), unit: definition.unit, source, ...dated };
  }
  if (given.unit !== undefined) throw new InputError("unknown-fact-unit", id, given.unit, "–");
  return {
    id,
    value: definition.kind === "boolean" ? readBoolean(given) : readChoice(given, definition),
    source,
    ...dated,
  };
}

function readNumber({ id, value, unit }: GivenFact, definition: NumberDefinition): number {
  if (typeof value !== "number") throw new InputError("unknown-fact-value", id, String(value), "number");
  const units = [definition.unit, ...Object.keys(definition.accepts)];
  const conversion = conversionFrom(unit, definition);
  if (conversion === undefined) throw new InputError("unknown-fact-unit", id, unit ?? "–", units.join(", "));
  if (!Number.isFinite(value)) throw new InputError("not-finite", id, value);
  const converted = (value * conversion.factor) / (conversion.divisor ?? 1) + (conversion.offset ?? 0);
  if (definition.isWhole === true && !Number.isInteger(converted)) {
    throw new InputError("unknown-fact-value", id, value, `${definition.minimum}, … ${definition.maximum}`);
  }
  if (converted < definition.minimum || converted > definition.maximum) {
    throw new InputError(
      "out-of-range",
      id,
      [value, unit].join(" ").trim(),
      `${definition.minimum}..${definition.maximum} ${definition.unit}`,
    );
  }
  return converted;
}

function conversionFrom(unit: string | undefined, definition: NumberDefinition): UnitConversion | undefined {
  if (unit === definition.unit || (unit === undefined && definition.isUnitOptional === true)) return { factor: 1 };
  return unit !== undefined && Object.hasOwn(definition.accepts, unit) ? definition.accepts[unit] : undefined;
}

function readBoolean({ id, value }: GivenFact): FactValue {
  if (typeof value !== "boolean") throw new InputError("unknown-fact-value", id, String(value), "true, false");
  return value;
}

function readChoice({ id, value }: GivenFact, definition: ChoiceDefinition): FactValue {
  const { choices, accepts = {} } = definition;
  const said = String(value);
  if (typeof value === "string" && Object.hasOwn(choices, value)) return value;
  if (typeof value !== "number" && Object.hasOwn(accepts, said)) return accepts[said];
  const received = definition.isSensitive === true ? WITHHELD : said;
  throw new InputError("unknown-fact-value", id, received, Object.keys(choices).join(", "));
}

function isSensitive(id: FactId): boolean {
  return definitionOf(id).isSensitive === true;
}

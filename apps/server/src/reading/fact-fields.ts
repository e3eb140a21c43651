import type { Text } from "@etalon/base";
import { definitionOf, type FactId, factsOfRule, isFactId, catalog as packs, type Rule } from "@etalon/decide";
import type { AnyProtocol } from "@etalon/measure";
import { z } from "zod";

const textSchema = z.object({ en: z.string(), fr: z.string() });

/** A fact that the rules on a protocol's numbers ask for, as a form asks for it. */
export const factFieldSchema = z.object({
  id: z.string(),
  kind: z.enum(["number", "boolean", "choice"]),
  title: textSchema,
  note: textSchema.optional(),
  /** UCUM unit that rules read, and all that it may be given in. */
  unit: z.string().optional(),
  units: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  isWhole: z.boolean().optional(),
  choices: z.array(z.object({ id: z.string(), title: textSchema })).optional(),
  /** Never kept: given again with each request that needs it. */
  isSensitive: z.boolean(),
  /** Who says it first: the images' headers, the result, or the reader. */
  from: z.enum(["images", "result", "reader"]),
  /** Rules that read it. */
  rules: z.array(z.string()),
  code: z.object({ value: z.string(), scheme: z.string(), meaning: z.string() }).optional(),
});

/** See {@link factFieldSchema}. */
export type FactField = z.output<typeof factFieldSchema>;

/** What headers say of a person, see `headerFacts`. */
const fromHeaders: ReadonlySet<string> = new Set(["age", "sex"]);

/**
 * The facts that the rules on a protocol's numbers read: those of rules that read an output, of rules that derive what these
 * read, and of rules that read what these derive. What rules derive themselves is not asked for.
 */
export function factFields(protocol: AnyProtocol): readonly FactField[] {
  const outputs = new Set<FactId>(Object.keys(protocol.outputs).filter(isFactId));
  const rules = rulesOn(outputs);
  const derived = new Set(rules.flatMap(({ derives = [] }) => derives.map(({ fact }) => fact)));
  const readers = new Map<FactId, string[]>();
  for (const rule of rules) {
    for (const fact of factsOfRule(rule)) readers.set(fact, [...(readers.get(fact) ?? []), rule.id]);
  }
  return [...readers]
    .filter(([id]) => !derived.has(id))
    .map(([id, ruleIds]) => fieldOf(id, { rules: ruleIds, isOutput: outputs.has(id) }));
}

/** Rules that a set of facts has to do with, directly or through what rules derive. */
function rulesOn(outputs: ReadonlySet<FactId>): readonly Rule[] {
  const all = packs.flatMap((pack) => pack.rules);
  const derivedBy = (rule: Rule): readonly FactId[] => (rule.derives ?? []).map(({ fact }) => fact);
  const found = new Set<Rule>(all.filter((rule) => factsOfRule(rule).some((fact) => outputs.has(fact))));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    const read = new Set([...found].flatMap(factsOfRule));
    for (const rule of all) if (derivedBy(rule).some((fact) => read.has(fact))) found.add(rule);
  }
  return all.filter((rule) => found.has(rule));
}

function fieldOf(
  id: FactId,
  { rules, isOutput }: { readonly rules: readonly string[]; readonly isOutput: boolean },
): FactField {
  const definition = definitionOf(id);
  const { kind, title, note, code } = definition;
  const from = isOutput ? "result" : fromHeaders.has(id) ? "images" : "reader";
  return {
    id,
    kind,
    title: { ...title },
    ...(note === undefined ? {} : { note: { ...note } }),
    ...(definition.kind === "number"
      ? {
          unit: definition.unit,
          units: [definition.unit, ...Object.keys(definition.accepts)],
          minimum: definition.minimum,
          maximum: definition.maximum,
          isWhole: definition.isWhole === true,
        }
      : {}),
    ...(definition.kind === "choice" ? { choices: choicesOf(definition.choices) } : {}),
    isSensitive: definition.isSensitive === true,
    from,
    rules: [...rules],
    ...(code === undefined ? {} : { code: { ...code } }),
  };
}

function choicesOf(choices: Readonly<Record<string, Text>>): NonNullable<FactField["choices"]> {
  return Object.entries(choices).map(([id, title]) => ({ id, title: { ...title } }));
}

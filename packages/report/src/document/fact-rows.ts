import type { Text } from "@etalon/base";
import { definitionOf, type Fact, isFactId } from "@etalon/decide";
import type { Inline, Line } from "./document.ts";
import { code, day, literal, number, textOf, words } from "./inline.ts";

/** A row of the table of facts: title, value, source, day. */
export function factRow(fact: Fact): readonly Line[] {
  return [
    [textOf(definitionOf(fact.id).title)],
    [factValue(fact)],
    sourceOf(fact.source),
    fact.date === undefined ? [literal("–")] : [day(fact.date)],
  ];
}

function factValue({ id, value, unit }: Fact): Inline {
  if (typeof value === "number") return number({ value, unit: unit ?? "1" }, { kind: "fact", fact: id });
  if (typeof value === "boolean") return value ? words("yes", "oui") : words("no", "non");
  const definition = definitionOf(id);
  const text = definition.kind === "choice" ? definition.choices[value] : undefined;
  return text === undefined ? literal(value) : textOf(text);
}

const HEADER: Text = { en: "images' header, ", fr: "en-tête des images, " };

/** The program's own sources in words; a person's as it was given. */
function sourceOf(source: string): Line {
  if (source === "given") return [words("given", "donnée fournie")];
  const header = /^dicom-header (.*)$/.exec(source);
  if (header?.[1] !== undefined) return [textOf(HEADER), code(header[1])];
  const result = /^result [0-9a-f]{64}( \(provisional\))?$/.exec(source);
  if (result !== null) {
    return [
      result[1] === undefined
        ? words("this result", "ce résultat")
        : words("this result, provisional", "ce résultat, provisoire"),
    ];
  }
  const rule = /^rule (.*)$/.exec(source);
  if (rule?.[1] !== undefined) return [words("derived by ", "déduit par "), code(rule[1])];
  const implying = /^fact (.*)$/.exec(source)?.[1];
  if (implying !== undefined && isFactId(implying)) {
    return [words("follows from: ", "découle de : "), textOf(definitionOf(implying).title)];
  }
  return [literal(source)];
}

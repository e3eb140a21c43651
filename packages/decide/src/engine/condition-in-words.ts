import type { Language } from "@etalon/base";
import { definitionOf, type FactId } from "../facts/definitions.ts";
import { boundsOf, type Comparison, type Condition } from "./condition.ts";

const words = {
  en: { and: " and ", or: " or ", not: "not", yes: "yes", no: "no", given: "known", absent: "not known" },
  fr: { and: " et ", or: " ou ", not: "non", yes: "oui", no: "non", given: "connu", absent: "non connu" },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;

const SYMBOLS: Readonly<Record<string, string>> = { ">=": "≥", "<=": "≤" };

/** How a reader is spoken to. */
export interface Wording {
  readonly language: Language;
  /** A UCUM unit as people write it in that language; "" for a pure number. */
  readonly showUnit: (unit: string) => string;
  /** A number as people write it in that language. */
  readonly showNumber: (value: number) => string;
}

/** A condition as a person reads it: "Age ≥ 45 years and Diabetes: no". Parts of another kind stand in brackets. */
export function conditionInWords(condition: Condition, wording: Wording): string {
  const { and, or, not } = words[wording.language];
  if ("all" in condition) return condition.all.map((part) => inGroup(part, wording)).join(and);
  if ("any" in condition) return condition.any.map((part) => inGroup(part, wording)).join(or);
  if ("not" in condition) return `${not} (${conditionInWords(condition.not, wording)})`;
  return comparisonInWords(condition, wording);
}

function inGroup(condition: Condition, wording: Wording): string {
  const text = conditionInWords(condition, wording);
  const parts = "all" in condition ? condition.all.length : "any" in condition ? condition.any.length : 1;
  return parts > 1 ? `(${text})` : text;
}

function comparisonInWords(condition: Comparison, wording: Wording): string {
  const { language } = wording;
  const { given, absent, yes, no, and } = words[language];
  const title = definitionOf(condition.fact).title[language];
  const colon = language === "fr" ? "\u00A0: " : ": ";
  if ("given" in condition) return `${title}${colon}${condition.given ? given : absent}`;
  if ("is" in condition) {
    const { is } = condition;
    return `${title}${colon}${typeof is === "boolean" ? (is ? yes : no) : choiceTitle(condition.fact, is, language)}`;
  }
  const bounds = boundsOf(condition).map(([symbol, bound]) =>
    `${SYMBOLS[symbol] ?? symbol} ${wording.showNumber(bound)} ${wording.showUnit(condition.unit)}`.trim(),
  );
  return `${title} ${bounds.join(and)}`;
}

function choiceTitle(id: FactId, choice: string, language: Language): string {
  const definition = definitionOf(id);
  return definition.kind === "choice" ? (definition.choices[choice]?.[language] ?? choice) : choice;
}

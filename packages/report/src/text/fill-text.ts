import type { Language, Text } from "@etalon/base";
import { detailText } from "./detail-text.ts";
import { shownNumber } from "./shown-number.ts";

/** Values of a list that are printed; the rest are counted. */
const LISTED_VALUES = 6;

/**
 * A sentence in one language, its `{name}` filled from details: numbers in the language's own way, lists with commas, ways of
 * measuring by their names.
 */
export function fillText(text: Text, details: Readonly<Record<string, unknown>>, language: Language): string {
  return text[language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    const named = typeof value === "string" ? detailText(name, value) : undefined;
    return named === undefined ? shownValue(value, language) : named[language];
  });
}

function shownValue(value: unknown, language: Language): string {
  if (typeof value === "number") return shownNumber(value, language);
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return language === "fr" ? (value ? "oui" : "non") : value ? "yes" : "no";
  if (Array.isArray(value)) {
    if (value.length === 0) return "–";
    const listed = value.slice(0, LISTED_VALUES).map((one) => shownValue(one, language));
    const more = value.length - listed.length;
    return `${listed.join(", ")}${more > 0 ? `, … (+${more})` : ""}`;
  }
  if (typeof value === "object" && value !== null) {
    return Object.values(value)
      .map((one) => shownValue(one, language))
      .join(" × ");
  }
  return "–";
}

import type { Language } from "@etalon/base";
import type { Inline } from "../document/document.ts";
import { dayText } from "./day-text.ts";
import { fixedNumber } from "./fixed-number.ts";
import { shownUnit } from "./shown-unit.ts";
import { typeset } from "./typeset.ts";

/** A piece of a line as plain text in one language: what every rendering shows of it. */
export function inlineText(inline: Inline, language: Language): string {
  switch (inline.kind) {
    case "text":
      return typeset(inline.text[language], language);
    case "date":
      return dayText(inline.day, language);
    case "number":
      return `${fixedNumber(inline.value, inline.digits, language)}${unitText(inline, language)}`;
    default:
      return inline.text;
  }
}

/** The unit after a number with the space before it; empty where there is none to show. */
export function unitText({ value, unit, isUnitSaid }: Extract<Inline, { kind: "number" }>, language: Language): string {
  if (isUnitSaid === true) return "";
  const shown = shownUnit(unit, language);
  if (shown === "") return "";
  if (shown.startsWith("%")) return language === "fr" ? `\u202F${shown}` : shown;
  if (unit === "a") return `\u00A0${yearsText(value, language)}`;
  return `\u00A0${shown}`;
}

/** French counts in the plural from 2 on, English everything but 1. */
function yearsText(value: number, language: Language): string {
  if (language === "fr") return value < 2 ? "an" : "ans";
  return value === 1 ? "year" : "years";
}

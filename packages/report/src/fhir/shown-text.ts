import type { Language, Text } from "@etalon/base";
import { typeset } from "../text/typeset.ts";
import { freeText } from "./free-text.ts";

/** A name and what it is, as each language sets a colon: "Score: 12", "Score : 12". */
export function labelled(label: string, value: string, language: Language): string {
  return freeText(typeset(`${label}${language === "fr" ? " " : ""}: ${value}`, language));
}

/** A text in one language, as FHIR's `string` allows it. */
export function shownText(text: Text, language: Language): string {
  return freeText(typeset(text[language], language));
}

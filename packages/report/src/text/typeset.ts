import type { Language } from "@etalon/base";

/** Units that are not left alone at the head of a line. */
const NUMBER_AND_UNIT = /(\d) (?=(?:mm|cm|kV|UA|AU|UH|HU|mg|g\/L|ans?|years?|%)(?![\p{L}\p{N}]))/gu;

/**
 * A text as it is set: in French a narrow no-break space before `: ; ? ! %` and inside guillemets; in English
 * no space before `%`; in both languages a
 * number stays with its unit and apostrophes are curved. Only spaces that are there are changed, so that codes and times stay as they are.
 */
export function typeset(text: string, language: Language): string {
  const kept = text.replace(NUMBER_AND_UNIT, "$1\u00A0").replace(/'/g, "\u2019");
  if (language === "en") return kept.replace(/(\d)[ \u00A0]%/g, "$1%");
  return kept.replace(/[ \u00A0]+([:;?!%»])/g, "\u202F$1").replace(/«[ \u00A0]+/g, "«\u202F");
}

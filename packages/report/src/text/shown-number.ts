import type { Language } from "@etalon/base";

/** A number in a sentence: at most two decimals, in the language's own way, thousands not set apart. */
export function shownNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2, useGrouping: false }).format(value);
}

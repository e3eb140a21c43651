import type { Language } from "@etalon/base";

/** U+202F, narrow no-break space: between thousands and before units in French. */
const NARROW_SPACE = "\u202F";
/** Between each three digits, from the end. */
const GROUPED = /\B(?=(\d{3})+(?!\d))/g;

/**
 * A number with a fixed count of decimals in the language's own way: "1,028.1", « 1 028,1 ». The same characters in every
 * engine, whatever locale data it has. The minus is U+2212.
 */
export function fixedNumber(value: number, digits: number, language: Language): string {
  const [whole = "", decimals] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(GROUPED, language === "fr" ? NARROW_SPACE : ",");
  const shown = decimals === undefined ? grouped : `${grouped}${language === "fr" ? "," : "."}${decimals}`;
  return value < 0 && /[1-9]/.test(shown) ? `\u2212${shown}` : shown;
}

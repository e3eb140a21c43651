import type { Language } from "@etalon/base";
import { shownUnit } from "./shown-unit.ts";

/** What sets thousands apart, where decimals begin, and what stands before a percent sign, as each language prints them. */
const PRINTED: Readonly<
  Record<Language, { readonly group: string; readonly point: string; readonly percent: string }>
> = {
  en: { group: ",", point: ".", percent: "%" },
  fr: { group: "\u202f", point: ",", percent: "\u00a0%" },
};

/**
 * A quantity as a document prints it: "1,234.5 mm³" in English, "1 234,5 mm³" in French (narrow no-break space between
 * thousands, no-break space before the unit, U+2212 as minus sign). The same characters in Node and in every browser, which
 * Intl does not promise.
 *
 * @param quantity.value unrounded, finite
 * @param quantity.unit UCUM
 * @param quantity.digits decimals shown, 0 to 20
 */
export function shownQuantity(
  quantity: { readonly value: number; readonly unit: string; readonly digits: number },
  language: Language,
): string {
  const { group, point, percent } = PRINTED[language];
  const fixed = quantity.value.toFixed(quantity.digits);
  const isNegative = fixed.startsWith("-") && /[1-9]/.test(fixed);
  const [whole = "", decimals = ""] = fixed.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  const number = `${isNegative ? "\u2212" : ""}${grouped}${decimals === "" ? "" : point + decimals}`;
  if (quantity.unit === "%") return number + percent;
  const unit = shownUnit(quantity.unit, language);
  return unit === "" ? number : `${number}\u00a0${unit}`;
}

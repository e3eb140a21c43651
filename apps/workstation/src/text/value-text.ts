import type { Language } from "@etalon/base";
import { shownUnit } from "@etalon/report/text";
import { numberText } from "./dicom-text.ts";

/** A number with the digits that mean something: three, no more than three decimals; a whole one has none. */
export function measuredText(value: number, language: Language): string {
  if (Number.isInteger(value)) return numberText(value, language);
  const size = Math.abs(value);
  return numberText(value, language, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/** The same with its unit. */
export function valueText(value: number, unit: string, language: Language): string {
  return `${measuredText(value, language)}\u00a0${shownUnit(unit, language)}`.trim();
}

/** A number of an axis: as many decimals as its steps need. */
export function tickText(value: number, language: Language): string {
  const digits = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return numberText(value, language, Math.min(4, digits));
}

import type { Language } from "@etalon/base";

const SHOWN: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  "1": { en: "", fr: "" },
  a: { en: "years", fr: "ans" },
  mo: { en: "months", fr: "mois" },
  d: { en: "days", fr: "jours" },
  mm2: { en: "mm²", fr: "mm²" },
  mm3: { en: "mm³", fr: "mm³" },
  "[arb'U]": { en: "AU", fr: "UA" },
  "[hnsf'U]": { en: "HU", fr: "UH" },
  "mg/cm3/[hnsf'U]": { en: "mg/cm³/HU", fr: "mg/cm³/UH" },
  "mm[Hg]": { en: "mmHg", fr: "mmHg" },
  "mL/m2": { en: "mL/m²", fr: "mL/m²" },
  "g/m2": { en: "g/m²", fr: "g/m²" },
  m2: { en: "m²", fr: "m²" },
  "L/min/m2": { en: "L/min/m²", fr: "L/min/m²" },
  "kg/m2": { en: "kg/m²", fr: "kg/m²" },
  "{USD}": { en: "US$", fr: "$ US" },
  "{QALY}": { en: "QALY", fr: "QALY" },
  "{USD}/{QALY}": { en: "US$ per QALY", fr: "$ US par QALY" },
  "mL/min/{1.73_m2}": { en: "mL/min/1.73 m²", fr: "mL/min/1,73 m²" },
};

const PER_YEAR = "/a";

/** A UCUM unit as people write it; empty where the number is a count or a ratio. */
export function shownUnit(unit: string, language: Language): string {
  if (unit.startsWith("{")) return SHOWN[unit]?.[language] ?? "";
  if (unit.endsWith(PER_YEAR)) {
    return `${shownUnit(unit.slice(0, -PER_YEAR.length), language)} ${language === "fr" ? "par an" : "per year"}`.trim();
  }
  return SHOWN[unit]?.[language] ?? unit;
}

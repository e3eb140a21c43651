import type { Text } from "@etalon/base";

/** An artery's name and its usual letters. */
export interface SiteName {
  readonly name: Text;
  readonly short: Text;
}

const NAMES: Readonly<Record<string, SiteName>> = {
  LM: { name: { en: "Left main", fr: "Tronc commun" }, short: { en: "LM", fr: "TC" } },
  LAD: {
    name: { en: "Left anterior descending", fr: "Interventriculaire antérieure" },
    short: { en: "LAD", fr: "IVA" },
  },
  LCX: { name: { en: "Left circumflex", fr: "Circonflexe" }, short: { en: "LCx", fr: "Cx" } },
  RCA: { name: { en: "Right coronary", fr: "Coronaire droite" }, short: { en: "RCA", fr: "CD" } },
};

/** The name of a site of the marks; a label that is no artery's is shown as the reader wrote it. */
export function siteName(label: string): SiteName {
  const known = NAMES[label.trim().toUpperCase()];
  const same = { en: label, fr: label };
  return known ?? { name: same, short: same };
}

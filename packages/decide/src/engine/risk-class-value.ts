import type { ValueDeclaration } from "./rule.ts";

/** What `riskClass` means in every pack that gives one. */
export const riskClassValue: ValueDeclaration = {
  title: { en: "Risk class", fr: "Classe de risque" },
  codes: {
    low: { en: "low", fr: "faible" },
    moderate: { en: "moderate", fr: "modéré" },
    high: { en: "high", fr: "élevé" },
    "very-high": { en: "very high", fr: "très élevé" },
  },
};

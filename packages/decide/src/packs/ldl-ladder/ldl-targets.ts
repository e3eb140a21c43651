import type { RuleValues, ValueDeclaration } from "../../engine/rule.ts";

/**
 * LDL targets of a risk class: below `ldlTargetGPerL`, which the guideline prints as `ldlTargetMmolPerL`, and for the two
 * upper classes also a fall by `reductionPercent` from the untreated level. Each printed number stands as printed.
 *
 * @see ESC/EAS 2019, doi 10.1093/eurheartj/ehz455; g/L as in seed 001
 */
export function ldlTargetOf(riskClass: string): RuleValues {
  if (riskClass === "low") return { ldlTargetGPerL: 1.16, ldlTargetMmolPerL: 3.0 };
  if (riskClass === "moderate") return { ldlTargetGPerL: 1.0, ldlTargetMmolPerL: 2.6 };
  if (riskClass === "high") return { ldlTargetGPerL: 0.7, ldlTargetMmolPerL: 1.8, reductionPercent: 50 };
  if (riskClass === "very-high") return { ldlTargetGPerL: 0.55, ldlTargetMmolPerL: 1.4, reductionPercent: 50 };
  throw new Error(`${riskClass} is no risk class`);
}

/** What the keys of {@link ldlTargetOf} mean. */
export const ldlTargetValues = {
  ldlTargetGPerL: {
    title: { en: "LDL cholesterol below", fr: "LDL-cholestérol inférieur à" },
    unit: "g/L",
    digits: 2,
  },
  ldlTargetMmolPerL: {
    title: { en: "LDL cholesterol below", fr: "LDL-cholestérol inférieur à" },
    unit: "mmol/L",
    digits: 1,
  },
  reductionPercent: {
    title: { en: "And a fall of at least", fr: "Et une baisse d'au moins" },
    unit: "%",
    digits: 0,
  },
} as const satisfies Readonly<Record<string, ValueDeclaration>>;

import type { Text } from "@etalon/base";
import { constantCode } from "../../engine/constant-code.ts";
import type { Presumption } from "../../engine/rule.ts";

const codes = {
  "score-calcium": { en: "a calcium score is indicated", fr: "score calcique indiqué" },
  "do-not-score": { en: "no calcium score", fr: "pas de score calcique" },
  "high-risk-without-score": {
    en: "high risk already: a score adds little",
    fr: "risque déjà élevé : le score apporte peu",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Computation and value of a rule that says whether to score. */
export function advises(code: keyof typeof codes): ReturnType<typeof constantCode> {
  const title = { en: "Indication", fr: "Indication" };
  return constantCode({ key: "indication", title, code, text: codes[code] });
}

/** A score is for people without disease. */
export const withoutDisease: Presumption = {
  that: { fact: "known-cardiovascular-disease", is: false },
  note: {
    en: "For people without established cardiovascular disease, which is presumed where nothing is said.",
    fr: "Pour les personnes sans maladie cardiovasculaire établie, ce qui est présumé faute d'information.",
  },
};

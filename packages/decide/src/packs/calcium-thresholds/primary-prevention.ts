import type { Presumption } from "../../engine/rule.ts";

/** Thresholds guide prevention in people who have neither symptoms nor disease; those who have are treated for it. */
export const primaryPrevention: Presumption = {
  that: {
    all: [
      { fact: "symptomatic", is: false },
      { fact: "known-cardiovascular-disease", is: false },
    ],
  },
  note: {
    en: "For people without symptoms or established cardiovascular disease, which is presumed where nothing is said.",
    fr: "Pour les personnes sans symptômes ni maladie cardiovasculaire établie, ce qui est présumé faute d'information.",
  },
};

import type { Pack } from "../../engine/rule.ts";
import { accAhaRules } from "./acc-aha-rules.ts";
import { expertRules } from "./expert-rules.ts";

/** What a calcium score opens at 0, 100, 400 and 1000. */
export const calciumThresholds: Pack = {
  id: "calcium-thresholds",
  version: "1.0.0",
  title: {
    en: "What the calcium score opens: 0, 100, 400, 1000",
    fr: "Ce qu'ouvre le score calcique : 0, 100, 400, 1000",
  },
  scope: {
    en: "For people without symptoms or established disease. The lines on statins are American and read the risk of the pooled cohort equations; in Europe the score moves the risk class, and the class sets the LDL target.",
    fr: "Pour les personnes sans symptômes ni maladie établie. Les lignes sur les statines sont américaines et lisent le risque des équations PCE ; en Europe, le score déplace la classe de risque, et la classe fixe l'objectif de LDL.",
  },
  rules: [...accAhaRules, ...expertRules],
};

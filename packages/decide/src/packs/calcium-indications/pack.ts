import type { Pack } from "../../engine/rule.ts";
import { guardRules } from "./guard-rules.ts";
import { indicationRules } from "./indication-rules.ts";

/** Whose coronary calcium is worth scoring, and whose is not. */
export const calciumIndications: Pack = {
  id: "calcium-indications",
  version: "1.0.0",
  title: { en: "Who should have a calcium score", fr: "À qui proposer un score calcique" },
  scope: {
    en: "Each published reason to score, and the guard against scoring where the decision is already made. The risk class read here is the one before any score.",
    fr: "Chaque motif publié de score calcique, et la garde contre un score quand la décision est déjà prise. La classe de risque lue ici est celle d'avant tout score.",
  },
  rules: [...guardRules, ...indicationRules],
};

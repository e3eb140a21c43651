import { minocaWorkup } from "../../cardiac-mr-sources.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Pack, Rule } from "../../engine/rule.ts";
import { OBSTRUCTIVE_PERCENT, withoutObstruction } from "../minoca-guidelines/pack.ts";
import { infarctLines } from "./infarct-lines.ts";
import { missingRules } from "./missing-rules.ts";
import { myocarditisLines } from "./myocarditis-lines.ts";
import { takotsuboLines } from "./takotsubo-lines.ts";

const common = { kind: "guideline", class: "none", level: "none", source: minocaWorkup } as const;

const gate: Rule = {
  ...common,
  ...constantCode({
    key: "desk",
    title: { en: "Desk", fr: "Comparaison" },
    code: "open",
    text: { en: "open: no stenosis of 50 % or more", fr: "ouverte : aucune sténose d'au moins 50 %" },
  }),
  id: "minoca-desk/gate",
  title: { en: "Coronary anatomy", fr: "Anatomie coronaire" },
  statement: {
    en: "The three diagnoses are compared only once the coronary arteries are known and none is narrowed by 50 % or more. Unknown anatomy leaves everything undetermined.",
    fr: "Les trois diagnostics ne sont comparés qu'une fois les coronaires connues, sans sténose d'au moins 50 %. Tant que l'anatomie est inconnue, tout reste indéterminé.",
  },
  when: withoutObstruction,
};

const obstructed: Rule = {
  ...common,
  ...constantCode({
    key: "desk",
    title: { en: "Desk", fr: "Comparaison" },
    code: "closed",
    text: { en: "closed: an artery is obstructed", fr: "fermée : une artère est obstruée" },
  }),
  id: "minoca-desk/obstructed",
  title: { en: "Obstructed artery", fr: "Artère obstruée" },
  statement: {
    en: "A stenosis of 50 % or more: by definition no MINOCA. The obstructed artery comes first.",
    fr: "Une sténose d'au moins 50 % : par définition, ce n'est pas un MINOCA. L'artère obstruée passe en premier.",
  },
  when: { fact: "coronary-stenosis-max", unit: "%", atLeast: OBSTRUCTIVE_PERCENT },
};

/** Myocarditis, infarct and Takotsubo side by side, where the coronary arteries are not obstructed. */
export const minocaDesk: Pack = {
  id: "minoca-desk",
  version: "1.0.0",
  title: { en: "MINOCA desk", fr: "MINOCA : trois diagnostics comparés" },
  scope: {
    en: "What each finding of the MR supports, what it speaks against, and which sequence nobody has read. It weighs nothing: the reader concludes.",
    fr: "Ce que chaque signe IRM étaye, ce qu'il contredit, et quelle séquence n'a pas été lue. Rien n'est pondéré : le lecteur conclut.",
  },
  opensWith: ["coronary-stenosis-max", "troponin", "acute-infarction-criteria"],
  rules: [gate, obstructed, ...myocarditisLines, ...infarctLines, ...takotsuboLines, ...missingRules],
};

import type { Condition } from "../../engine/condition.ts";
import type { Caveat, Presumption } from "../../engine/rule.ts";

/** Diabetes said, or following from a fact that only a person with diabetes has. */
export const hasDiabetes: Condition = { fact: "diabetes", is: true };

/** Whom SCORE2 and SCORE2-OP were made for. */
export const withoutDiabetes: Presumption = {
  that: { fact: "diabetes", is: false },
  note: {
    en: "For people without diabetes; no diabetes is taken for granted where that is not known.",
    fr: "Pour les personnes sans diabète ; l'absence de diabète est supposée si elle n'est pas connue.",
  },
};

/** Whom ESC 2021 classes by SCORE2: chronic kidney disease is a caveat, because its class also needs albuminuria. */
export const apparentlyHealthy: Presumption = {
  that: {
    all: [
      { fact: "known-cardiovascular-disease", is: false },
      { fact: "familial-hypercholesterolaemia", is: false },
    ],
  },
  note: {
    en: "For apparently healthy people: no established cardiovascular disease, no familial hypercholesterolaemia; taken for granted where that is not known.",
    fr: "Pour les personnes en apparente bonne santé : ni maladie cardiovasculaire établie, ni hypercholestérolémie familiale ; supposé si cela n'est pas connu.",
  },
};

/** Whom the equations for people with diabetes were made for. */
export const withoutCardiovascularDisease: Presumption = {
  that: { fact: "known-cardiovascular-disease", is: false },
  note: {
    en: "For people without established cardiovascular disease; its absence is taken for granted where that is not known.",
    fr: "Pour les personnes sans maladie cardiovasculaire établie ; son absence est supposée si elle n'est pas connue.",
  },
};

/** Type 1 diabetes has no equation in this family. */
export const type2Diabetes: Presumption = {
  that: { fact: "diabetes-type", is: "type-2" },
  note: {
    en: "For type 2 diabetes; type 2 is taken for granted where the type is not known.",
    fr: "Pour le diabète de type 2 ; le type 2 est supposé si le type n'est pas connu.",
  },
};

const reducedFiltration: Condition = { fact: "egfr", unit: "mL/min/{1.73_m2}", below: 45 };

/** Chronic kidney disease beside SCORE2. */
export const kidneyDisease: Caveat = {
  when: reducedFiltration,
  text: {
    en: "eGFR below 45: chronic kidney disease alone is high or very high risk (ESC 2021), whatever SCORE2 gives.",
    fr: "DFG estimé inférieur à 45 : la maladie rénale chronique est à elle seule un risque élevé ou très élevé (ESC 2021), quel que soit le SCORE2.",
  },
};

/** Kidney disease beside SCORE2-Diabetes. */
export const severeOrganDamage: Caveat = {
  when: reducedFiltration,
  text: {
    en: "eGFR below 45 is severe target-organ damage: very high risk (ESC 2023), whatever the score gives.",
    fr: "Un DFG estimé inférieur à 45 est une atteinte sévère d'organe cible : risque très élevé (ESC 2023), quel que soit le score.",
  },
};

/** Where the published smoking term of men, 0.3524 - 0.0247·(age - 73), is below 0: above 87.267 years. */
export const smokingArtefact: Caveat = {
  when: {
    all: [
      { fact: "sex", is: "male" },
      { fact: "current-smoker", is: true },
      { fact: "age", unit: "a", above: 87.26 },
    ],
  },
  text: {
    en: "At this age the published equation gives a man who smokes a lower risk than one who does not: an artefact of the model.",
    fr: "À cet âge, l'équation publiée attribue à un fumeur un risque plus faible qu'à un non-fumeur : artefact du modèle.",
  },
};

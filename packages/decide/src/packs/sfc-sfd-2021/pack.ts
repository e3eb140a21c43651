import type { Text } from "@etalon/base";
import type { Condition } from "../../engine/condition.ts";
import { constantCode } from "../../engine/constant-code.ts";
import { riskClassValue } from "../../engine/risk-class-value.ts";
import type { Caveat, Pack, Presumption, Rule, RuleSource, RuleValues } from "../../engine/rule.ts";
import { raggi2004, valensi2021 } from "../../sources.ts";
import { ldlTargetOf, ldlTargetValues } from "../ldl-ladder/ldl-targets.ts";

/** Below it a person a priori at high risk becomes moderate: "moins de 11", on the unrounded score. */
const HIGH_FROM = 11;

/** From it on they become very high: "101 et plus", on the unrounded score. */
const VERY_HIGH_FROM = 101;

const source: RuleSource = {
  ...valensi2021,
  verification: "public-source",
  confirmedIn: "egora.fr, 29/04/2021",
};

const withDiabetes: Condition = { fact: "diabetes", is: true };

const aPrioriHigh: Condition = { fact: "diabetes-a-priori-risk", is: "high" };

const asymptomatic: Presumption = {
  that: {
    all: [
      { fact: "symptomatic", is: false },
      { fact: "known-cardiovascular-disease", is: false },
    ],
  },
  note: {
    en: "For people with diabetes who have neither symptoms nor established cardiovascular disease, which is presumed where nothing is said.",
    fr: "Pour les diabétiques sans symptômes ni maladie cardiovasculaire établie, ce qui est présumé faute d'information.",
  },
};

const cholesterolInReach: Presumption = {
  that: {
    all: [
      { fact: "familial-hypercholesterolaemia", is: false },
      { fact: "ldl-cholesterol", unit: "g/L", below: 1.9 },
    ],
  },
  note: {
    en: "For LDL cholesterol below 1.9 g/L and no familial hypercholesterolaemia, which is presumed where nothing is said: no score lowers that risk.",
    fr: "Pour un LDL-cholestérol inférieur à 1,9 g/L et sans hypercholestérolémie familiale, ce qui est présumé faute d'information : aucun score n'abaisse ce risque.",
  },
};

const recalledTargets: Caveat = {
  when: { fact: "diabetes-a-priori-risk", given: true },
  text: {
    en: "The LDL target is not verified against the primary source: the position is recalled to adopt those of ESC/EAS 2019.",
    fr: "L'objectif de LDL n'est pas vérifié dans la source primaire : la prise de position reprendrait ceux de l'ESC/EAS 2019 (de mémoire).",
  },
};

const fiveTimes: Text = {
  en: `Seed 001 says that any calcium multiplies the prognosis by 5 against people without diabetes: no source was found, neither in Raggi 2004 nor in Hecht 2012. Raggi 2004 (abstract, doi ${raggi2004.doi}): at a score of 0 survival is alike, 98.8 and 99.4 %; above, mortality rises faster with the score in diabetes. The seed's other line, same prognosis at 0, agrees.`,
  fr: `Le document 001 dit que la présence de calcium multiplie le pronostic par 5 par rapport au non-diabétique : aucune source trouvée, ni dans Raggi 2004 ni dans Hecht 2012. Raggi 2004 (résumé, doi ${raggi2004.doi}) : à score 0, la survie est semblable, 98,8 et 99,4 % ; au-delà, la mortalité croît plus vite avec le score chez le diabétique. L'autre ligne du document, même pronostic à 0, concorde.`,
};

const common = { kind: "consensus", class: "none", level: "none", source } as const;

const aPriori: Rule = {
  ...common,
  id: "sfc-sfd-2021/a-priori",
  title: { en: "Class before the score", fr: "Classe a priori" },
  statement: {
    en: "From 35 to 75 years a person with diabetes is classed first without a score. Only the a priori high are scored; only the very high are screened for silent ischaemia.",
    fr: "De 35 à 75 ans, le diabétique est d'abord classé sans score. Seul le risque a priori élevé appelle un score calcique ; seul le risque très élevé appelle le dépistage de l'ischémie silencieuse.",
  },
  when: { all: [withDiabetes, { fact: "age", unit: "a", atLeast: 35, below: 76 }] },
  presumes: [asymptomatic],
  computation: {
    kind: "equation",
    needs: ["diabetes-a-priori-risk"],
    compute: (known) => {
      const riskClass = known.choice("diabetes-a-priori-risk");
      return { ...classed(riskClass), scoreCalcium: riskClass === "high" };
    },
  },
  values: {
    riskClass: riskClassValue,
    scoreCalcium: { title: { en: "Score the coronary calcium", fr: "Réaliser un score calcique" } },
    ischaemiaScreening: { title: { en: "Screen for silent ischaemia", fr: "Dépister l'ischémie silencieuse" } },
    ldlTargetGPerL: ldlTargetValues.ldlTargetGPerL,
  },
  derives: [{ fact: "risk-class", from: "riskClass" }],
  caveats: [recalledTargets],
  note: {
    en: "The a priori class weighs history, LDL, kidney, ECG or echo, peripheral atheroma, target organs, duration, activity and risk factors; it is given, not computed here.",
    fr: "La classe a priori pèse antécédents, LDL, fonction rénale, ECG ou échographie, athérome périphérique, organes cibles, ancienneté, activité et facteurs de risque ; elle est donnée, non calculée ici.",
  },
};

const under50: Rule = {
  ...common,
  id: "sfc-sfd-2021/under-50",
  title: { en: "Class after the score, below 50 years", fr: "Classe après le score, avant 50 ans" },
  statement: {
    en: "Below 50 years, a priori high: moderate below 11, high from 11 to below 101, very high from 101 on. Silent ischaemia is screened for only if very high.",
    fr: "Avant 50 ans, a priori élevé : modéré sous 11, élevé de 11 à moins de 101, très élevé à partir de 101. L'ischémie silencieuse n'est dépistée que si le risque est très élevé.",
  },
  when: { all: [withDiabetes, aPrioriHigh, { fact: "age", unit: "a", atLeast: 35, below: 50 }] },
  presumes: [asymptomatic, cholesterolInReach],
  computation: {
    kind: "equation",
    needs: ["agatston-score"],
    compute: (known) => classed(classByScore(known.number("agatston-score"))),
  },
  values: {
    riskClass: riskClassValue,
    ischaemiaScreening: { title: { en: "Screen for silent ischaemia", fr: "Dépister l'ischémie silencieuse" } },
    ldlTargetGPerL: ldlTargetValues.ldlTargetGPerL,
  },
  derives: [{ fact: "risk-class-by-calcium", from: "riskClass" }],
  caveats: [recalledTargets],
  note: fiveTimes,
};

const from50: Rule = {
  ...common,
  ...constantCode({
    key: "cutOffs",
    title: { en: "Cut-offs of the score", fr: "Seuils du score" },
    code: "not-confirmed",
    text: {
      en: "not confirmed from 50 years on: no class by the score",
      fr: "non confirmés à partir de 50 ans : pas de classe selon le score",
    },
  }),
  id: "sfc-sfd-2021/from-50",
  title: { en: "From 50 years on", fr: "À partir de 50 ans" },
  statement: {
    en: "From 50 years on the position has other cut-offs, which could not be confirmed: no class is given here, and the a priori class stands. Read the document.",
    fr: "À partir de 50 ans, la prise de position a d'autres seuils, qui n'ont pas pu être confirmés : aucune classe n'est donnée ici et la classe a priori demeure. Se reporter au document.",
  },
  source: { ...valensi2021, verification: "not-verified" },
  when: { all: [withDiabetes, aPrioriHigh, { fact: "age", unit: "a", atLeast: 50, below: 76 }] },
  presumes: [asymptomatic],
  note: fiveTimes,
};

/** The French pathway for people with diabetes and no symptoms, as far as it is confirmed. */
export const sfcSfd2021: Pack = {
  id: "sfc-sfd-2021",
  version: "1.0.0",
  title: { en: "Diabetes without symptoms (SFC/SFD 2021)", fr: "Diabète sans symptômes (SFC/SFD 2021)" },
  scope: {
    en: "People of 35 to 75 years with diabetes, in primary prevention, without symptoms. Only the confirmed cut-offs of the score, those below 50 years, are coded.",
    fr: "Diabétiques de 35 à 75 ans, en prévention primaire, sans symptômes. Seuls les seuils confirmés du score, ceux d'avant 50 ans, sont codés.",
  },
  rules: [aPriori, under50, from50],
};

function classByScore(agatston: number): "moderate" | "high" | "very-high" {
  if (agatston < HIGH_FROM) return "moderate";
  return agatston < VERY_HIGH_FROM ? "high" : "very-high";
}

function classed(riskClass: string): RuleValues {
  const { ldlTargetGPerL } = ldlTargetOf(riskClass);
  return { riskClass, ischaemiaScreening: riskClass === "very-high", ldlTargetGPerL };
}

import type { Condition } from "../../engine/condition.ts";
import type { Pack, Rule } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import { accAha2013, khan2024 } from "../../sources.ts";
import { pooledCohortEquations } from "./pce-coefficients.ts";
import { pooledCohortRiskPercent } from "./pooled-cohort-risk-percent.ts";

const needs: readonly FactId[] = [
  "age",
  "sex",
  "total-cholesterol",
  "hdl-cholesterol",
  "systolic-blood-pressure",
  "blood-pressure-medication",
  "current-smoker",
  "diabetes",
];

const from40To79: Condition = { fact: "age", unit: "a", atLeast: 40, below: 80 };

const whiteOrBlack: Condition = {
  any: [
    { fact: "ethnicity", is: "white" },
    { fact: "ethnicity", is: "black" },
  ],
};

const byEthnicity: Rule = {
  id: "pce/by-ethnicity",
  title: { en: "Pooled cohort equations", fr: "Équations PCE (pooled cohort equations)" },
  statement: {
    en: "10-year risk of a first heart attack, coronary death or stroke from 40 to 79 years, by sex and origin.",
    fr: "Risque à 10 ans d'un premier infarctus, décès coronaire ou accident vasculaire cérébral de 40 à 79 ans, selon le sexe et l'origine.",
  },
  kind: "risk-equation",
  class: "none",
  level: "none",
  source: {
    ...accAha2013,
    table: "appendix 7",
    verification: "public-source",
    confirmedIn: "github:vcastro/CVrisk data-raw/score_coef.R; github:martingmayer/preventr R/other_models.R",
    supersededBy: `PREVENT, doi ${khan2024.doi}`,
  },
  when: { all: [from40To79, whiteOrBlack] },
  presumes: [
    {
      that: { fact: "known-cardiovascular-disease", is: false },
      note: {
        en: "For people without established atherosclerotic disease; its absence is taken for granted where that is not known.",
        fr: "Pour les personnes sans maladie athéromateuse établie ; son absence est supposée si elle n'est pas connue.",
      },
    },
  ],
  computation: {
    kind: "equation",
    needs: [...needs, "ethnicity"],
    compute: (known) => {
      const equations =
        known.choice("ethnicity") === "black" ? pooledCohortEquations.black : pooledCohortEquations.white;
      const equation = known.choice("sex") === "male" ? equations.male : equations.female;
      return { riskPercent: pooledCohortRiskPercent(equation, known) };
    },
  },
  values: {
    riskPercent: {
      title: { en: "10-year risk of atherosclerotic disease", fr: "Risque à 10 ans de maladie athéromateuse" },
      unit: "%",
      digits: 1,
    },
  },
  derives: [{ fact: "ten-year-ascvd-risk", from: "riskPercent" }],
  note: {
    en: "The 2018 cholesterol guideline still decides by this number; the American Heart Association has since published PREVENT, which gives lower risks and does not ask for origin.",
    fr: "La recommandation de 2018 sur le cholestérol décide encore sur ce nombre ; l'American Heart Association a depuis publié PREVENT, qui donne des risques plus faibles et ne demande pas l'origine.",
  },
};

const whiteEquation: Rule = {
  ...byEthnicity,
  id: "pce/white-equation",
  title: {
    en: "Pooled cohort equations, by the equation for White people",
    fr: "Équations PCE, par l'équation des personnes blanches",
  },
  statement: {
    en: "10-year risk of a first heart attack, coronary death or stroke from 40 to 79 years, where the origin is not known or has no equation of its own.",
    fr: "Risque à 10 ans d'un premier infarctus, décès coronaire ou accident vasculaire cérébral de 40 à 79 ans, lorsque l'origine n'est pas connue ou n'a pas d'équation propre.",
  },
  when: { all: [from40To79, { any: [{ fact: "ethnicity", given: false }, { not: whiteOrBlack }] }] },
  computation: {
    kind: "equation",
    needs,
    compute: (known) => {
      const { male, female } = pooledCohortEquations.white;
      return { riskPercent: pooledCohortRiskPercent(known.choice("sex") === "male" ? male : female, known) };
    },
  },
  derives: [],
  caveats: [
    {
      when: from40To79,
      text: {
        en: "Computed with the equation for White people, as the 2013 guideline allows for want of another one: it may be too high (East Asian or Mexican American origin) or too low (South Asian, American Indian or Puerto Rican). It decides nothing further here.",
        fr: "Calculé par l'équation des personnes blanches, comme l'admet la recommandation de 2013 faute d'une autre : peut être trop élevé (origine est-asiatique ou mexicaine) ou trop faible (origine sud-asiatique, amérindienne ou portoricaine). Ne décide ici de rien d'autre.",
      },
    },
  ],
};

/** The pooled cohort equations of 2013. */
export const pce: Pack = {
  id: "pce",
  version: "1.0.0",
  title: { en: "Pooled cohort equations (2013)", fr: "Équations PCE (pooled cohort equations, 2013)" },
  scope: {
    en: "The American 10-year risk of a first hard atherosclerotic event, by sex and origin. Where the origin is not known or has no equation, the equation for White people is shown apart and leads to no other verdict.",
    fr: "Le risque américain à 10 ans d'un premier événement athéromateux majeur, selon le sexe et l'origine. Si l'origine n'est pas connue ou n'a pas d'équation, celle des personnes blanches est présentée à part et n'entraîne aucun autre verdict.",
  },
  rules: [byEthnicity, whiteEquation],
};

import type { Text } from "@etalon/base";
import type { Condition } from "../../engine/condition.ts";
import type { Pack, Presumption, RuleSource, ValueDeclaration } from "../../engine/rule.ts";
import { mcclelland2015 } from "../../sources.ts";
import { withCalcium, withoutCalcium } from "./mesa-chd-coefficients.ts";
import { mesaChdRiskPercent, riskFactors } from "./mesa-chd-risk-percent.ts";

const inReach: Condition = { fact: "age", unit: "a", atLeast: 45, atMost: 85 };

const source: RuleSource = {
  ...mcclelland2015,
  table: "table 2",
  verification: "public-source",
  confirmedIn: "github:vcastro/CVrisk data-raw/score_coef.R (abstracted from PMC4603537, table 2)",
};

const presumes: readonly Presumption[] = [
  {
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
  },
];

const riskWithoutCalciumPercent: ValueDeclaration = {
  title: { en: "10-year coronary risk without calcium", fr: "Risque coronaire à 10 ans sans le calcium" },
  unit: "%",
  digits: 1,
};

const riskWithCalciumPercent: ValueDeclaration = {
  title: { en: "10-year coronary risk with calcium", fr: "Risque coronaire à 10 ans avec le calcium" },
  unit: "%",
  digits: 1,
};

const note: Text = {
  en: "Endpoint: myocardial infarction, resuscitated cardiac arrest, coronary death, or revascularisation with prior or concurrent adjudicated angina (recalled). C-statistic 0.75 without and 0.80 with calcium (abstract). The study took people of 45 to 84 years; the score is offered from 45 to 85 (recalled). Not clipped: the CVrisk package cuts the risk at 1 and 30 %, the paper and the official calculator do not. A version without ethnicity was announced in 2024 (AHA Scientific Sessions); its coefficients are not published in any text at hand.",
  fr: "Critère : infarctus du myocarde, arrêt cardiaque récupéré, décès coronaire, ou revascularisation avec angor avéré antérieur ou concomitant (de mémoire). Statistique C 0,75 sans et 0,80 avec le calcium (résumé). L'étude portait sur des personnes de 45 à 84 ans ; le score est proposé de 45 à 85 ans (de mémoire). Sans écrêtage : le paquet CVrisk borne le risque à 1 et 30 %, l'article et le calculateur officiel non. Une version sans l'origine a été annoncée en 2024 (AHA Scientific Sessions) ; ses coefficients ne sont publiés dans aucun texte disponible.",
};

/** The MESA score: ten-year risk of a coronary event from risk factors alone, and with the calcium score. */
export const mesaChdRisk: Pack = {
  id: "mesa-chd-risk",
  version: "1.0.0",
  title: {
    en: "MESA 10-year coronary risk, without and with calcium",
    fr: "Risque coronaire à 10 ans de MESA, sans et avec le calcium",
  },
  scope: {
    en: "Risk of a coronary event within ten years for people of 45 to 85 years without cardiovascular disease. Derived in the United States; coronary events only, not stroke: not comparable with SCORE2, PREVENT or the pooled cohort equations.",
    fr: "Risque d'événement coronaire à dix ans, de 45 à 85 ans, sans maladie cardiovasculaire. Établi aux États-Unis ; événements coronaires seuls, sans l'AVC : non comparable à SCORE2, PREVENT ou aux équations PCE.",
  },
  rules: [
    {
      id: "mesa-chd-risk/with-calcium",
      title: { en: "Coronary risk without and with calcium", fr: "Risque coronaire sans et avec le calcium" },
      statement: {
        en: "Ten-year risk of a coronary event from risk factors alone and with the Agatston score: 1 − S0^exp(Σ βx), not centred, not clipped. It has terms for the study's four ethnicities: undetermined for any other.",
        fr: "Risque d'événement coronaire à dix ans d'après les facteurs de risque seuls et avec le score d'Agatston : 1 − S0^exp(Σ βx), sans centrage ni écrêtage. L'équation a des termes pour les quatre origines de l'étude : indéterminé pour toute autre.",
      },
      kind: "risk-equation",
      class: "none",
      level: "none",
      source,
      when: inReach,
      presumes,
      computation: {
        kind: "equation",
        needs: [...riskFactors, "agatston-score"],
        compute: (known) => ({
          riskWithoutCalciumPercent: mesaChdRiskPercent(withoutCalcium, known, 0),
          riskWithCalciumPercent: mesaChdRiskPercent(withCalcium, known, known.number("agatston-score")),
        }),
      },
      values: { riskWithoutCalciumPercent, riskWithCalciumPercent },
      note,
    },
    {
      id: "mesa-chd-risk/without-calcium",
      title: { en: "Coronary risk before a calcium score", fr: "Risque coronaire avant tout score calcique" },
      statement: {
        en: "As long as no calcium score is given: ten-year risk of a coronary event from risk factors alone, not centred, not clipped.",
        fr: "Tant qu'aucun score calcique n'est donné : risque d'événement coronaire à dix ans d'après les facteurs de risque seuls, sans centrage ni écrêtage.",
      },
      kind: "risk-equation",
      class: "none",
      level: "none",
      source,
      when: { all: [{ fact: "agatston-score", given: false }, inReach] },
      presumes,
      computation: {
        kind: "equation",
        needs: riskFactors,
        compute: (known) => ({ riskWithoutCalciumPercent: mesaChdRiskPercent(withoutCalcium, known, 0) }),
      },
      values: { riskWithoutCalciumPercent },
      note,
    },
  ],
};

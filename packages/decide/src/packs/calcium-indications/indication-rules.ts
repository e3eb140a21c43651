import type { Rule } from "../../engine/rule.ts";
import { accAhaPrevention2019, orringer2021 } from "../../guidance-sources.ts";
import { accAha2018, escEas2019, valensi2021 } from "../../sources.ts";
import { asymptomaticAndUndecided } from "./already-decided.ts";
import { advises, withoutDisease } from "./indication.ts";

const common = { ...advises("score-calcium"), presumes: [withoutDisease] } as const;

const moderateRisk: Rule = {
  ...common,
  id: "calcium-indications/moderate-risk",
  title: { en: "Moderate risk (ESC/EAS)", fr: "Risque modéré (ESC/EAS)" },
  statement: {
    en: "At moderate risk, without symptoms, a calcium score should be considered to move the risk up or down.",
    fr: "À risque modéré, sans symptômes, un score calcique doit être envisagé pour reclasser le risque.",
  },
  kind: "guideline",
  class: "IIa",
  level: "B",
  source: escEas2019,
  when: { all: [...asymptomaticAndUndecided, { fact: "risk-class", is: "moderate" }] },
  note: {
    en: "Class and level are recalled for 2019, which speaks of low or moderate risk. The 2025 update (escardio.org, 31/08/2025) says that calcium or plaque, if measured, should be considered at moderate risk or around a treatment threshold. ESC 2021 gives IIb, B around thresholds (cardionerds.com). Seed 001: intermediate risk before all.",
    fr: "Classe et niveau cités de mémoire pour 2019, qui parle de risque faible ou modéré. La mise à jour de 2025 (escardio.org, 31/08/2025) dit que calcium ou plaque, si mesurés, sont à considérer à risque modéré ou autour d'un seuil de traitement. L'ESC 2021 donne IIb, B autour des seuils (cardionerds.com). Document 001 : risque intermédiaire avant tout.",
  },
};

const intermediateRisk: Rule = {
  ...common,
  id: "calcium-indications/intermediate-risk",
  title: { en: "Intermediate risk (ACC/AHA)", fr: "Risque intermédiaire (ACC/AHA)" },
  statement: {
    en: "At intermediate (7.5 to below 20 %) or selected borderline (5 to below 7.5 %) 10-year risk, where the decision is uncertain, it is reasonable to measure a calcium score.",
    fr: "À risque à 10 ans intermédiaire (7,5 à moins de 20 %) ou, chez des personnes sélectionnées, limite (5 à moins de 7,5 %), si la décision est incertaine, il est raisonnable de mesurer le score calcique.",
  },
  kind: "guideline",
  class: "IIa",
  level: "B-NR",
  source: {
    ...accAhaPrevention2019,
    table: "section 2.2, recommendation 4",
    verification: "public-source",
    confirmedIn: "PMC7734661, table of recommendations of section 2.2",
  },
  when: {
    all: [...asymptomaticAndUndecided, { fact: "ten-year-ascvd-risk", unit: "%", atLeast: 5, below: 20 }],
  },
  caveats: [
    {
      when: { fact: "ten-year-ascvd-risk", unit: "%", below: 7.5 },
      text: {
        en: "Borderline risk (5 to below 7.5 %): in selected people.",
        fr: "Risque limite (5 à moins de 7,5 %) : chez des personnes sélectionnées.",
      },
    },
  ],
  note: {
    en: "By the pooled cohort equations. The dyslipidaemia guideline of 2026 counts risk by PREVENT instead (borderline 3 to below 5 %, intermediate 5 to below 10 %), as summarised in public.",
    fr: "Selon les équations PCE. La recommandation de 2026 sur les dyslipidémies compte le risque par PREVENT (limite 3 à moins de 5 %, intermédiaire 5 à moins de 10 %), d'après des résumés publics.",
  },
};

const lowRiskWithFamilyHistory: Rule = {
  ...common,
  id: "calcium-indications/family-history",
  title: { en: "Low risk with premature family history", fr: "Risque faible et antécédent familial précoce" },
  statement: {
    en: "At low risk, with premature coronary disease in the family, a calcium score is reasonable.",
    fr: "À risque faible, avec une coronaropathie précoce dans la famille, un score calcique est raisonnable.",
  },
  kind: "consensus",
  class: "IIa",
  level: "B-NR",
  source: {
    ...orringer2021,
    verification: "public-source",
    confirmedIn: "guidelinecentral.com/guideline/325153, low risk adults",
  },
  when: {
    all: [
      ...asymptomaticAndUndecided,
      { fact: "premature-family-history", is: true },
      {
        any: [
          { fact: "risk-class", is: "low" },
          { fact: "score2-category", is: "low-to-moderate" },
          { fact: "ten-year-ascvd-risk", unit: "%", below: 5 },
        ],
      },
    ],
  },
  note: {
    en: "The statement asks for 40 years or more, LDL from 0.7 to 1.89 g/L, a 10-year risk below 5 % and a strong family history. Seed 001 says the same without numbers.",
    fr: "Le texte demande 40 ans ou plus, un LDL de 0,7 à 1,89 g/L, un risque à 10 ans inférieur à 5 % et un antécédent familial marqué. Le document 001 dit de même, sans chiffres.",
  },
};

const statinIntolerance: Rule = {
  ...common,
  id: "calcium-indications/statin-intolerance",
  title: { en: "Statin not tolerated, refused or not taken", fr: "Statine non tolérée, refusée ou mal suivie" },
  statement: {
    en: "In a person who does not tolerate, refuses or does not take a statin, a calcium score tells what the treatment is worth to them; a score of 0 may spare it.",
    fr: "En cas d'intolérance, de refus ou de mauvaise observance d'une statine, un score calcique précise ce que le traitement apporterait ; un score de 0 peut en dispenser.",
  },
  kind: "guideline",
  class: "none",
  level: "none",
  source: {
    ...accAha2018,
    table: "table 6 (candidates who might benefit from knowing that the score is zero)",
    verification: "public-source",
    confirmedIn: "PMC7734661, table 6, reproduced from the 2018 guideline",
  },
  when: { all: [...asymptomaticAndUndecided, { fact: "statin-intolerance", is: true }] },
  note: {
    en: "The guideline names people reluctant to start and those who stopped for symptoms; non-adherence is seed 001's.",
    fr: "La recommandation nomme les personnes réticentes à débuter et celles qui ont arrêté pour des symptômes ; la non-observance vient du document 001.",
  },
};

const diabetes: Rule = {
  ...common,
  id: "calcium-indications/diabetes",
  title: { en: "Diabetes, a priori at high risk", fr: "Diabète, risque a priori élevé" },
  statement: {
    en: "In uncomplicated diabetes without symptoms, from 35 to 75 years, only those a priori at high risk are scored: not the moderate, not the very high.",
    fr: "Dans le diabète non compliqué et asymptomatique, de 35 à 75 ans, seul le risque a priori élevé appelle un score calcique : ni le modéré, ni le très élevé.",
  },
  kind: "consensus",
  class: "none",
  level: "none",
  source: { ...valensi2021, verification: "public-source", confirmedIn: "egora.fr, 29/04/2021" },
  when: {
    all: [
      { fact: "diabetes", is: true },
      ...asymptomaticAndUndecided,
      { fact: "age", unit: "a", atLeast: 35, below: 76 },
      { fact: "diabetes-a-priori-risk", is: "high" },
    ],
  },
  caveats: [
    {
      when: { fact: "diabetes-type", is: "type-1" },
      text: {
        en: "Seed 001 speaks of type 2 diabetes; whether the position covers type 1 was not verified.",
        fr: "Le document 001 parle du diabète de type 2 ; que la prise de position couvre le type 1 n'a pas été vérifié.",
      },
    },
  ],
  note: {
    en: "Seed 001 scores any uncomplicated type 2 diabetes without symptoms; the position it cites scores the a priori high only, and is followed here.",
    fr: "Le document 001 propose le score dans tout diabète de type 2 asymptomatique et non compliqué ; la prise de position qu'il cite le réserve au risque a priori élevé, et c'est elle qui est suivie ici.",
  },
};

/** Who should be scored. */
export const indicationRules: readonly Rule[] = [
  moderateRisk,
  intermediateRisk,
  lowRiskWithFamilyHistory,
  statinIntolerance,
  diabetes,
];

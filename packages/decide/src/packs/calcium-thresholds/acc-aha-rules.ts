import type { Condition } from "../../engine/condition.ts";
import type { Caveat, Presumption, Rule } from "../../engine/rule.ts";
import { accAha2018 } from "../../sources.ts";
import { primaryPrevention } from "./primary-prevention.ts";
import { opens } from "./recommendation.ts";

/** Borderline (5 to below 7.5 %) and intermediate (7.5 to below 20 %) risk by the pooled cohort equations. */
const borderlineOrIntermediate: Condition = { fact: "ten-year-ascvd-risk", unit: "%", atLeast: 5, below: 20 };

/** Whom a score of 0 does not reassure: each must be known, since each would take the reassurance away. */
const reassuring: readonly Condition[] = [
  { fact: "symptomatic", is: false },
  { fact: "diabetes", is: false },
  { fact: "current-smoker", is: false },
  { fact: "premature-family-history", is: false },
  { fact: "ldl-cholesterol", unit: "g/L", below: 1.9 },
];

const noFamilialDisease: Presumption = {
  that: { fact: "familial-hypercholesterolaemia", is: false },
  note: {
    en: "For people without familial hypercholesterolaemia, which is presumed where nothing is said and LDL is below 1.9 g/L.",
    fr: "Pour les personnes sans hypercholestérolémie familiale, ce qui est présumé faute d'information quand le LDL est inférieur à 1,9 g/L.",
  },
};

const notAtHighRisk: Presumption = {
  that: { fact: "ten-year-ascvd-risk", unit: "%", below: 20 },
  note: {
    en: "For people whose 10-year risk by the pooled cohort equations is below 20 %, which is presumed where it is not known: above, the guideline treats whatever the score.",
    fr: "Pour les personnes dont le risque à 10 ans selon les équations PCE est inférieur à 20 %, ce qui est présumé s'il n'est pas connu : au-delà, la recommandation traite quel que soit le score.",
  },
};

const outsideAges: Caveat = {
  when: {
    any: [
      { fact: "age", unit: "a", below: 40 },
      { fact: "age", unit: "a", atLeast: 76 },
    ],
  },
  text: {
    en: "The recommendation is made for 40 to 75 years.",
    fr: "La recommandation est établie de 40 à 75 ans.",
  },
};

const caveats: readonly Caveat[] = [
  {
    when: { fact: "ten-year-ascvd-risk", unit: "%", below: 7.5 },
    text: {
      en: "Borderline risk (5 to below 7.5 %): the guideline speaks of selected people.",
      fr: "Risque limite (5 à moins de 7,5 %) : la recommandation parle de personnes sélectionnées.",
    },
  },
  {
    when: {
      any: [
        { fact: "diabetes", is: true },
        { fact: "ldl-cholesterol", unit: "g/L", atLeast: 1.9 },
      ],
    },
    text: {
      en: "With diabetes (40 to 75 years) or an LDL cholesterol of 1.9 g/L or more, the guideline recommends a statin whatever the score.",
      fr: "En cas de diabète (de 40 à 75 ans) ou de LDL-cholestérol d'au moins 1,9 g/L, la recommandation préconise une statine quel que soit le score.",
    },
  },
  outsideAges,
];

const common = {
  kind: "guideline",
  source: {
    ...accAha2018,
    table: "figure 2 (primary prevention)",
    confirmedIn:
      "guidelinecentral.com pocket guide, figure 2 (not its class); PMC7734661 (2019 guideline), table 6 and section 2.2",
  },
} as const;

const abstain: Rule = {
  ...common,
  ...opens("no-statin-for-now"),
  id: "calcium-thresholds/abstain",
  title: { en: "Score 0: no statin for now", fr: "Score 0 : pas de statine pour l'instant" },
  statement: {
    en: "At a score of 0 it is reasonable to withhold a statin and to reassess in 5 to 10 years, unless there is diabetes, smoking, premature coronary disease in the family, LDL cholesterol of 1.9 g/L or more, familial hypercholesterolaemia, or symptoms. The rest of prevention stays.",
    fr: "À un score de 0, il est raisonnable de s'abstenir de statine et de réévaluer dans 5 à 10 ans, sauf diabète, tabagisme, coronaropathie précoce dans la famille, LDL-cholestérol d'au moins 1,9 g/L, hypercholestérolémie familiale ou symptômes. Le reste de la prévention demeure.",
  },
  class: "none",
  level: "none",
  when: { all: [{ fact: "agatston-score", unit: "[arb'U]", atMost: 0 }, ...reassuring] },
  presumes: [primaryPrevention, noFamilialDisease, notAtHighRisk],
  caveats: [
    {
      when: {
        any: [
          { fact: "statin", is: true },
          { fact: "lipid-medication", is: true },
        ],
      },
      text: {
        en: "Under treatment an LDL below 1.9 g/L does not exclude familial hypercholesterolaemia: the untreated level counts.",
        fr: "Sous traitement, un LDL inférieur à 1,9 g/L n'exclut pas une hypercholestérolémie familiale : c'est le taux sans traitement qui compte.",
      },
    },
    {
      when: { fact: "statin", is: true },
      text: {
        en: "It is about starting a statin, not about stopping one that is taken.",
        fr: "Il s'agit de débuter une statine, non d'arrêter celle qui est prise.",
      },
    },
    outsideAges,
  ],
  note: {
    en: "Diabetes, smoking and premature family history are the guideline's; its population has an LDL below 1.9 g/L (190 mg/dL) and no symptoms; familial hypercholesterolaemia is named by the 2026 guideline that replaces it (as summarised in public). The class of this line was not seen; the National Lipid Association (2021) gives IIa, B-NR for deferring. Seed 001 says abstention at 0 and names no exception.",
    fr: "Le diabète, le tabagisme et l'antécédent familial précoce sont ceux de la recommandation ; sa population a un LDL inférieur à 1,9 g/L (190 mg/dL) et pas de symptômes ; l'hypercholestérolémie familiale est nommée par la recommandation de 2026 qui la remplace (d'après des résumés publics). La classe de cette ligne n'a pas été vue ; la National Lipid Association (2021) donne IIa, B-NR à l'abstention. Le document 001 dit abstention à 0 sans nommer d'exception.",
  },
};

const statinBelow100: Rule = {
  ...common,
  ...opens("statin-favoured"),
  id: "calcium-thresholds/statin-1-99",
  title: { en: "Score 1–99: favours a statin", fr: "Score 1–99 : plutôt une statine" },
  statement: {
    en: "At borderline or intermediate 10-year risk, where the decision is uncertain, a score above 0 and below 100 favours a statin, especially from 55 years on.",
    fr: "À risque à 10 ans limite ou intermédiaire, si la décision est incertaine, un score de plus de 0 et de moins de 100 plaide pour une statine, surtout à partir de 55 ans.",
  },
  class: "none",
  level: "none",
  when: {
    all: [{ fact: "agatston-score", unit: "[arb'U]", above: 0, below: 100 }, borderlineOrIntermediate],
  },
  presumes: [
    primaryPrevention,
    {
      that: { fact: "cac-percentile", unit: "%", below: 75 },
      note: {
        en: "For scores below the 75th percentile, which is presumed where it is not known: from it on the rule for 100 and above is the one.",
        fr: "Pour un score inférieur au 75e percentile, ce qui est présumé s'il n'est pas connu : à partir de là, c'est la règle de 100 et plus qui vaut.",
      },
    },
  ],
  caveats: [
    {
      when: { fact: "age", unit: "a", atLeast: 55 },
      text: {
        en: "From 55 years on the guideline leans further towards a statin.",
        fr: "À partir de 55 ans, la recommandation penche davantage vers une statine.",
      },
    },
    {
      when: { fact: "age", unit: "a", below: 55 },
      text: {
        en: "Below 55 years the guideline leans less towards a statin.",
        fr: "Avant 55 ans, la recommandation penche moins vers une statine.",
      },
    },
    ...caveats,
  ],
  note: {
    en: "The class of this line was not seen. The 2026 guideline that replaces it counts risk by PREVENT (borderline 3 to below 5 %, intermediate 5 to below 10 %), as summarised in public.",
    fr: "La classe de cette ligne n'a pas été vue. La recommandation de 2026 qui la remplace compte le risque par PREVENT (limite 3 à moins de 5 %, intermédiaire 5 à moins de 10 %), d'après des résumés publics.",
  },
};

const statinFrom100: Rule = {
  ...common,
  ...opens("statin"),
  id: "calcium-thresholds/statin-100",
  title: { en: "Score 100 or 75th percentile: statin", fr: "Score de 100 ou 75e percentile : statine" },
  statement: {
    en: "At borderline or intermediate 10-year risk, a score of 100 or more, or at the 75th percentile or above, makes it reasonable to start a statin.",
    fr: "À risque à 10 ans limite ou intermédiaire, un score d'au moins 100, ou au 75e percentile ou au-delà, rend raisonnable de débuter une statine.",
  },
  class: "IIa",
  level: "B-NR",
  when: {
    all: [
      {
        any: [
          { fact: "agatston-score", unit: "[arb'U]", atLeast: 100 },
          {
            all: [
              { fact: "agatston-score", unit: "[arb'U]", above: 0 },
              { fact: "cac-percentile", unit: "%", atLeast: 75 },
            ],
          },
        ],
      },
      borderlineOrIntermediate,
    ],
  },
  presumes: [primaryPrevention],
  caveats,
  note: {
    en: "The class (IIa, B-NR) is recalled for starting the statin; it was seen for measuring the score at this risk (2019 prevention guideline). The 2026 guideline that replaces it keeps 100 and the 75th percentile and counts risk by PREVENT, as summarised in public.",
    fr: "La classe (IIa, B-NR) est citée de mémoire pour débuter la statine ; elle a été vue pour la mesure du score à ce risque (recommandation de prévention de 2019). La recommandation de 2026 qui la remplace garde 100 et le 75e percentile et compte le risque par PREVENT, d'après des résumés publics.",
  },
};

/** What the American guideline opens at 0, from 1 to 99, and from 100 on. */
export const accAhaRules: readonly [Rule, ...Rule[]] = [abstain, statinBelow100, statinFrom100];

import { antiochos2020, ge2020, kwong2019 } from "../../cardiac-mr-sources.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Pack, Rule } from "../../engine/rule.ts";
import { ischaemicEnhancement } from "../lake-louise/criteria.ts";

const common = { kind: "expert-opinion", class: "none", level: "none" } as const;

const prognosis: Rule = {
  ...common,
  id: "stress-mr/no-ischaemia-no-scar",
  title: { en: "No ischaemia, no scar", fr: "Ni ischémie ni cicatrice" },
  statement: {
    en: "Without inducible ischaemia and without late enhancement fewer than 1 % of patients a year had a cardiovascular event (2,349 patients, 13 centres, median 5.4 years).",
    fr: "Sans ischémie inductible ni rehaussement tardif, moins de 1 % des patients par an ont eu un événement cardiovasculaire (2 349 patients, 13 centres, médiane 5,4 ans).",
  },
  source: kwong2019,
  when: {
    all: [
      { fact: "inducible-ischaemia", is: false },
      { fact: "lge-pattern", is: "none" },
    ],
  },
  computation: { kind: "constant", values: { ratePercentBelow: 1 } },
  values: {
    ratePercentBelow: {
      title: { en: "Events a year, below", fr: "Événements par an, moins de" },
      unit: "%",
      digits: 0,
    },
  },
  note: {
    en: "Patients, centres and follow-up are confirmed in the abstract; the rate is as seed 000 quotes it, which names the absence of ischaemia only. Seed 000 adds that stress MR keeps its prognostic value above 75 years and in heart failure with an ejection fraction below 40 %, without figures.",
    fr: "Patients, centres et suivi sont confirmés par le résumé ; le taux est celui que cite le document 000, qui ne nomme que l'absence d'ischémie. Le document 000 ajoute que l'IRM de stress garde sa valeur pronostique après 75 ans et dans l'insuffisance cardiaque à FEVG inférieure à 40 %, sans chiffres.",
  },
};

const unrecognised: Rule = {
  ...common,
  id: "stress-mr/unrecognised-infarct",
  title: { en: "Infarct that nobody knew of", fr: "Infarctus méconnu" },
  statement: {
    en: "An infarct found on MR in a person in whom none was known is managed as a known one: its risk of death or infarction was similar (hazard ratio 2.15 against 2.45).",
    fr: "Un infarctus découvert à l'IRM chez un patient sans infarctus connu se prend en charge comme un infarctus connu : le risque de décès ou d'infarctus était voisin (rapport de risque 2,15 contre 2,45).",
  },
  source: antiochos2020,
  when: { all: [ischaemicEnhancement, { fact: "known-infarction", is: false }] },
  ...((): Pick<Rule, "computation" | "values"> => {
    const { computation, values } = constantCode({
      key: "management",
      title: { en: "Management", fr: "Prise en charge" },
      code: "as-recognised",
      text: { en: "as a recognised infarct", fr: "comme un infarctus reconnu" },
    });
    return {
      computation: {
        kind: "constant",
        values: { ...computation.values, hazardRatioUnrecognised: 2.15, hazardRatioRecognised: 2.45 },
      },
      values: {
        ...values,
        hazardRatioUnrecognised: {
          title: { en: "Hazard ratio, unrecognised", fr: "Rapport de risque, méconnu" },
          unit: "1",
          digits: 2,
        },
        hazardRatioRecognised: {
          title: { en: "Hazard ratio, recognised", fr: "Rapport de risque, reconnu" },
          unit: "1",
          digits: 2,
        },
      },
    };
  })(),
  note: {
    en: '347 (14.8 %) unrecognised and 358 (15.2 %) recognised infarcts. Seed 000 says "exactly the same value" (p = 0.63): alike, with overlapping intervals, is what the study shows.',
    fr: "347 (14,8 %) infarctus méconnus et 358 (15,2 %) reconnus. Le document 000 écrit « exactement la même valeur » (p = 0,63) : l'étude montre des valeurs voisines, aux intervalles qui se recouvrent.",
  },
};

const usDollars = (title: { readonly en: string; readonly fr: string }) => ({ title, unit: "{USD}", digits: 0 });

const costs: Rule = {
  ...common,
  id: "stress-mr/costs",
  title: { en: "Costs in a model of SPINS", fr: "Coûts dans un modèle de SPINS" },
  statement: {
    en: "Over a lifetime, from the view of US health care: no imaging cost least, immediate invasive angiography most. The figures do not carry over to another country.",
    fr: "Sur la vie entière, du point de vue du système de soins américain : l'absence d'imagerie coûte le moins, la coronarographie d'emblée le plus. Ces chiffres ne se transposent pas à un autre pays.",
  },
  source: ge2020,
  when: { fact: "inducible-ischaemia", given: true },
  computation: {
    kind: "constant",
    values: { noImagingUsd: 16936, noImagingQaly: 12.7205, angiographyUsd: 20929, angiographyQaly: 12.76535 },
  },
  values: {
    noImagingUsd: usDollars({ en: "No imaging", fr: "Pas d'imagerie" }),
    noImagingQaly: { title: { en: "No imaging, years", fr: "Pas d'imagerie, années" }, unit: "{QALY}", digits: 3 },
    angiographyUsd: usDollars({ en: "Immediate angiography", fr: "Coronarographie d'emblée" }),
    angiographyQaly: {
      title: { en: "Immediate angiography, years", fr: "Coronarographie d'emblée, années" },
      unit: "{QALY}",
      digits: 3,
    },
  },
  note: {
    en: "3 % discount, 32.4 % of obstructive disease. Seed 000 says that stress MR costs less on average than nuclear imaging or angiography at once, and leaves out that no imaging is the cheapest.",
    fr: "Actualisation 3 %, 32,4 % de maladie obstructive. Le document 000 dit l'IRM de stress moins coûteuse en moyenne que la scintigraphie ou la coronarographie d'emblée, et omet que l'absence d'imagerie coûte le moins.",
  },
};

const ratio: Rule = {
  ...common,
  id: "stress-mr/cost-per-year",
  title: { en: "Cost of a life year by stress MR", fr: "Coût d'une année de vie par l'IRM de stress" },
  statement: {
    en: "Stress MR against no imaging: about 52,000 US dollars for a quality-adjusted life year, in the same model.",
    fr: "IRM de stress contre absence d'imagerie : environ 52 000 dollars américains par année de vie ajustée sur la qualité, dans le même modèle.",
  },
  source: { ...ge2020, verification: "not-verified" },
  when: { fact: "inducible-ischaemia", given: true },
  computation: { kind: "constant", values: { usdPerQaly: 52000 } },
  values: { usdPerQaly: { title: { en: "Per life year", fr: "Par année de vie" }, unit: "{USD}/{QALY}", digits: 0 } },
};

/** What a stress MR says of the years to come, and what it costs, as studies quote it. */
export const stressMr: Pack = {
  id: "stress-mr",
  version: "1.0.0",
  title: { en: "Stress MR: prognosis and cost", fr: "IRM de stress : pronostic et coût" },
  scope: {
    en: "Figures of the SPINS registry as published, each with its study: rates of groups, not one person's risk. T1 mapping under stress is not read: its two first papers were retracted in 2020.",
    fr: "Chiffres publiés du registre SPINS, chacun avec son étude : des taux de groupes, non le risque d'une personne. La cartographie T1 de stress n'est pas lue : ses deux articles fondateurs ont été rétractés en 2020.",
  },
  opensWith: ["inducible-ischaemia", "known-infarction"],
  rules: [prognosis, unrecognised, costs, ratio],
};

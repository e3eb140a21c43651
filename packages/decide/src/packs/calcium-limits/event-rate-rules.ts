import type { Text } from "@etalon/base";
import type { Rule } from "../../engine/rule.ts";
import { budoff2018 } from "../../guidance-sources.ts";

const common = { kind: "expert-opinion", class: "none", level: "none", source: budoff2018 } as const;

const note: Text = {
  en: "Rates of the subgroups of MESA by age, sex and origin: a range of groups, not the uncertainty of one person's risk. The reference collection puts 13.1 to 25.6 % at 100 and above; the abstract says above 300, and is followed.",
  fr: "Taux des sous-groupes de MESA selon l'âge, le sexe et l'origine : un intervalle de groupes, non l'incertitude du risque d'une personne. La collection de référence attribue 13,1 à 25,6 % aux scores d'au moins 100 ; le résumé dit plus de 300, et c'est lui qui est suivi.",
};

const rateFromPercent = { title: { en: "Event rate from", fr: "Taux d'événements de" }, unit: "%", digits: 1 } as const;
const rateToPercent = { title: { en: "to", fr: "à" }, unit: "%", digits: 1 } as const;

const atZero: Rule = {
  ...common,
  id: "calcium-limits/event-rate-0",
  title: { en: "Events in 10 years at 0", fr: "Événements à 10 ans à score 0" },
  statement: {
    en: "At a score of 0, 1.3 to 5.6 % of people had an atherosclerotic event within ten years, whatever their age, sex or origin: low, not nil.",
    fr: "À score 0, 1,3 à 5,6 % des personnes ont eu un événement athéromateux en dix ans, quels que soient l'âge, le sexe ou l'origine : peu, mais pas aucune.",
  },
  when: { fact: "agatston-score", unit: "[arb'U]", atMost: 0 },
  computation: { kind: "constant", values: { rateFromPercent: 1.3, rateToPercent: 5.6 } },
  values: { rateFromPercent, rateToPercent },
  note,
};

const above100: Rule = {
  ...common,
  id: "calcium-limits/event-rate-100",
  title: { en: "Events in 10 years above 100", fr: "Événements à 10 ans au-delà de 100" },
  statement: {
    en: "Above 100 the estimated ten-year risk was above 7.5 % in every group of age, sex and origin.",
    fr: "Au-delà de 100, le risque estimé à dix ans dépassait 7,5 % dans tous les groupes d'âge, de sexe et d'origine.",
  },
  when: { fact: "agatston-score", unit: "[arb'U]", above: 100 },
  computation: { kind: "constant", values: { rateAbovePercent: 7.5 } },
  values: {
    rateAbovePercent: { title: { en: "Event rate above", fr: "Taux d'événements supérieur à" }, unit: "%", digits: 1 },
  },
  note,
};

const above300: Rule = {
  ...common,
  id: "calcium-limits/event-rate-300",
  title: { en: "Events in 10 years above 300", fr: "Événements à 10 ans au-delà de 300" },
  statement: {
    en: "Above 300, 13.1 to 25.6 % of people had an atherosclerotic event within ten years, by age, sex and origin.",
    fr: "Au-delà de 300, 13,1 à 25,6 % des personnes ont eu un événement athéromateux en dix ans, selon l'âge, le sexe et l'origine.",
  },
  when: { fact: "agatston-score", unit: "[arb'U]", above: 300 },
  computation: { kind: "constant", values: { rateFromPercent: 13.1, rateToPercent: 25.6 } },
  values: { rateFromPercent, rateToPercent },
  note,
};

/** How many people with such a score had an event within ten years. */
export const eventRateRules: readonly Rule[] = [atZero, above100, above300];

import type { Pack, Rule } from "../../engine/rule.ts";
import { orringer2021 } from "../../guidance-sources.ts";
import { hecht2017 } from "../../sources.ts";
import { intervalValues, zeroRules } from "./zero-rules.ts";

const common = { kind: "consensus", class: "none", level: "none", source: orringer2021 } as const;

const note = {
  en: `The reference collection gives this line as practice of the SCCT and the National Lipid Association (2021) and cites Hecht 2017 (doi ${hecht2017.doi}); neither text was read.`,
  fr: `La collection de référence donne cette ligne comme usage de la SCCT et de la National Lipid Association (2021) et cite Hecht 2017 (doi ${hecht2017.doi}) ; aucun des deux textes n'a été lu.`,
};

const below100: Rule = {
  ...common,
  id: "calcium-repeat/1-99",
  title: { en: "Score 1–99: three to five years", fr: "Score 1–99 : trois à cinq ans" },
  statement: {
    en: "Above 0 and below 100: a new score in three to five years, if the result would change the treatment.",
    fr: "De plus de 0 à moins de 100 : un nouveau score dans trois à cinq ans, si le résultat changerait le traitement.",
  },
  when: { fact: "agatston-score", unit: "[arb'U]", above: 0, below: 100 },
  computation: { kind: "constant", values: { notBeforeYears: 3, reassessByYears: 5 } },
  values: intervalValues,
  note,
};

const from100: Rule = {
  ...common,
  id: "calcium-repeat/100",
  title: { en: "Score of 100 or more: generally not repeated", fr: "Score d'au moins 100 : en général non répété" },
  statement: {
    en: "From 100 on the score is generally not repeated; at three years only if it changes the treatment.",
    fr: "À partir de 100, le score n'est en général pas répété ; à trois ans seulement s'il change le traitement.",
  },
  when: { fact: "agatston-score", unit: "[arb'U]", atLeast: 100 },
  computation: { kind: "constant", values: { repetition: "generally-not", notBeforeYears: 3 } },
  values: {
    repetition: {
      title: { en: "Repetition", fr: "Répétition" },
      codes: { "generally-not": { en: "generally not repeated", fr: "en général non répété" } },
    },
    notBeforeYears: intervalValues.notBeforeYears,
  },
  note,
};

/** When a calcium score is worth repeating. */
export const calciumRepeat: Pack = {
  id: "calcium-repeat",
  version: "1.0.0",
  title: { en: "When to repeat a calcium score", fr: "Quand répéter un score calcique" },
  scope: {
    en: "Years before a new score can change anything, by the score, diabetes and risk. The published intervals differ; each is given with its source.",
    fr: "Années avant qu'un nouveau score puisse changer quelque chose, selon le score, le diabète et le risque. Les délais publiés diffèrent ; chacun est donné avec sa source.",
  },
  rules: [...zeroRules, below100, from100],
};

import type { Condition } from "../../engine/condition.ts";
import type { Presumption, Rule, ValueDeclaration } from "../../engine/rule.ts";
import { orringer2021 } from "../../guidance-sources.ts";
import { accAha2018, dzaye2021, hecht2017, min2010 } from "../../sources.ts";
import { intervalByRiskYears } from "./interval-by-risk.ts";

/** What an interval between two scores is given in. */
export const intervalValues = {
  notBeforeYears: { title: { en: "Not before", fr: "Pas avant" }, unit: "a", digits: 0 },
  reassessByYears: { title: { en: "Reassess by", fr: "Réévaluer avant" }, unit: "a", digits: 0 },
} as const satisfies Readonly<Record<string, ValueDeclaration>>;

const isZero: Condition = { fact: "agatston-score", unit: "[arb'U]", atMost: 0 };

const highRisk: Condition = {
  any: [
    { fact: "risk-class", is: "high" },
    { fact: "risk-class", is: "very-high" },
  ],
};

const withoutDiabetes: Presumption = {
  that: { fact: "diabetes", is: false },
  note: {
    en: "For people without diabetes, which is presumed where nothing is said: calcium appears sooner with it.",
    fr: "Pour les personnes sans diabète, ce qui est présumé faute d'information : le calcium y apparaît plus tôt.",
  },
};

const notAtHighRisk: Presumption = {
  that: { not: highRisk },
  note: {
    en: "For people not at high risk, which is presumed where nothing is said: calcium appears sooner in them.",
    fr: "Pour les personnes qui ne sont pas à risque élevé, ce qui est présumé faute d'information : le calcium y apparaît plus tôt.",
  },
};

const zero: Rule = {
  id: "calcium-repeat/zero",
  title: { en: "Score 0: not before five years", fr: "Score 0 : pas avant cinq ans" },
  statement: {
    en: "At a score of 0 a new score is not worth while before five years, at low or intermediate risk and without diabetes.",
    fr: "À un score de 0, un nouveau score n'est pas utile avant cinq ans, à risque faible ou intermédiaire et sans diabète.",
  },
  kind: "expert-opinion",
  class: "none",
  level: "none",
  source: min2010,
  when: isZero,
  presumes: [withoutDiabetes, notAtHighRisk],
  computation: { kind: "constant", values: { notBeforeYears: 5 } },
  values: { notBeforeYears: intervalValues.notBeforeYears },
  note: {
    en: "Seed 001 asks 'not before 5 years if 0?' and cites Min 2010: 25.1 % had calcium after 4.1 years on average, faster from the fourth year on (recalled), that is 4 to 5 years. MESA gives 3 to 7 years by sex, origin and risk (Dzaye 2021, abstract).",
    fr: "Le document 001 demande « pas avant 5 ans si 0 ? » et cite Min 2010 : 25,1 % avaient du calcium après 4,1 ans en moyenne, plus vite à partir de la quatrième année (de mémoire), soit 4 à 5 ans. MESA donne 3 à 7 ans selon le sexe, l'origine et le risque (Dzaye 2021, résumé).",
  },
};

const zeroSooner: Rule = {
  id: "calcium-repeat/zero-diabetes-or-high-risk",
  title: { en: "Score 0 with diabetes or high risk: three years", fr: "Score 0, diabète ou risque élevé : trois ans" },
  statement: {
    en: "At a score of 0 with diabetes or at high risk: three years.",
    fr: "À un score de 0 avec diabète ou à risque élevé : trois ans.",
  },
  kind: "consensus",
  class: "none",
  level: "none",
  source: orringer2021,
  when: { all: [isZero, { any: [{ fact: "diabetes", is: true }, highRisk] }] },
  computation: { kind: "constant", values: { notBeforeYears: 3 } },
  values: { notBeforeYears: intervalValues.notBeforeYears },
  note: {
    en: `The reference collection gives this line as practice of the SCCT and the National Lipid Association (2021) and cites Hecht 2017 (doi ${hecht2017.doi}); neither text was read. Dzaye 2021 (abstract): diabetes shortens the interval significantly.`,
    fr: `La collection de référence donne cette ligne comme usage de la SCCT et de la National Lipid Association (2021) et cite Hecht 2017 (doi ${hecht2017.doi}) ; aucun des deux textes n'a été lu. Dzaye 2021 (résumé) : le diabète raccourcit nettement le délai.`,
  },
};

const zeroAccAha: Rule = {
  id: "calcium-repeat/zero-acc-aha",
  title: { en: "Score 0 at intermediate risk (ACC/AHA)", fr: "Score 0 à risque intermédiaire (ACC/AHA)" },
  statement: {
    en: "Where a statin is withheld at a score of 0, at borderline or intermediate 10-year risk, the score is reassessed in 5 to 10 years.",
    fr: "Quand on s'abstient de statine à un score de 0, à risque à 10 ans limite ou intermédiaire, le score est réévalué dans 5 à 10 ans.",
  },
  kind: "guideline",
  class: "none",
  level: "none",
  source: { ...accAha2018, table: "table 6", confirmedIn: "PMC7734661, table 6, reproduced from the 2018 guideline" },
  when: { all: [isZero, { fact: "ten-year-ascvd-risk", unit: "%", atLeast: 5, below: 20 }] },
  presumes: [withoutDiabetes],
  computation: { kind: "constant", values: { notBeforeYears: 5, reassessByYears: 10 } },
  values: intervalValues,
};

const zeroByRisk: Rule = {
  id: "calcium-repeat/zero-by-sex-and-risk",
  title: { en: "Score 0: interval by sex and risk", fr: "Score 0 : délai selon le sexe et le risque" },
  statement: {
    en: "Years until one person in four has calcium: men 6, 5, 3 and women 7, 5, 4 at low, intermediate and high risk.",
    fr: "Années avant qu'une personne sur quatre ait du calcium : hommes 6, 5, 3 et femmes 7, 5, 4 à risque faible, intermédiaire et élevé.",
  },
  kind: "expert-opinion",
  class: "none",
  level: "none",
  source: {
    ...dzaye2021,
    verification: "public-source",
    confirmedIn:
      "discovery.researcher.life, abstract 9439 of the same group; the article's abstract gives 3 to 7 years",
  },
  when: isZero,
  presumes: [withoutDiabetes],
  computation: {
    kind: "equation",
    needs: ["sex", "risk-class"],
    compute: (known) => ({ notBeforeYears: intervalByRiskYears(known.choice("sex"), known.choice("risk-class")) }),
  },
  values: { notBeforeYears: intervalValues.notBeforeYears },
  caveats: [
    {
      when: isZero,
      text: {
        en: "The study's classes are those of Framingham; the ESC class stands for them here (moderate for intermediate).",
        fr: "Les classes de l'étude sont celles de Framingham ; la classe ESC en tient lieu ici (modéré pour intermédiaire).",
      },
    },
  ],
};

/** How soon after a score of 0 a new one is worth while. */
export const zeroRules: readonly [Rule, ...Rule[]] = [zero, zeroSooner, zeroAccAha, zeroByRisk];

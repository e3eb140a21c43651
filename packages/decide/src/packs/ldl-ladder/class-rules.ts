import type { Condition } from "../../engine/condition.ts";
import { riskClassValue } from "../../engine/risk-class-value.ts";
import type { ConstantComputation, Presumption, Rule } from "../../engine/rule.ts";
import { escEas2025 } from "../../guidance-sources.ts";
import { escEas2019 } from "../../sources.ts";

const markedCholesterol: Condition = {
  any: [
    { fact: "familial-hypercholesterolaemia", is: true },
    { fact: "ldl-cholesterol", unit: "g/L", atLeast: 1.9 },
  ],
};

const carotidPlaque: Condition = { fact: "carotid-plaque", is: true };

const constant = (riskClass: string): ConstantComputation => ({ kind: "constant", values: { riskClass } });

const common = {
  kind: "guideline",
  class: "none",
  level: "none",
  source: escEas2019,
  values: { riskClass: riskClassValue },
  derives: [{ fact: "risk-class", from: "riskClass" }],
} as const;

const byScore2Source = {
  ...escEas2025,
  verification: "public-source",
  confirmedIn: "revportcardiol.org S0870255126000557, table 1 (thresholds of the ESC guidelines compared)",
} as const;

const withoutDisease: Presumption = {
  that: { fact: "known-cardiovascular-disease", is: false },
  note: {
    en: "For people without established cardiovascular disease, which is presumed where nothing is said.",
    fr: "Pour les personnes sans maladie cardiovasculaire établie, ce qui est présumé faute d'information.",
  },
};

const byDisease: Rule = {
  ...common,
  id: "ldl-ladder/class-by-disease",
  title: { en: "Established disease: very high risk", fr: "Maladie établie : risque très élevé" },
  statement: {
    en: "Established cardiovascular disease is very high risk.",
    fr: "La maladie cardiovasculaire établie est un risque très élevé.",
  },
  when: { fact: "known-cardiovascular-disease", is: true },
  computation: constant("very-high"),
};

const byHighestScore2: Rule = {
  ...common,
  id: "ldl-ladder/class-by-score2-20",
  title: { en: "SCORE2 from 20 %: very high risk", fr: "SCORE2 à partir de 20 % : risque très élevé" },
  statement: {
    en: "A 10-year risk of 20 % or more by SCORE2 or SCORE2-OP is very high risk.",
    fr: "Un risque à 10 ans d'au moins 20 % selon SCORE2 ou SCORE2-OP est un risque très élevé.",
  },
  source: byScore2Source,
  when: { fact: "score2-risk", unit: "%", atLeast: 20 },
  computation: constant("very-high"),
};

const byCholesterol: Rule = {
  ...common,
  id: "ldl-ladder/class-by-cholesterol",
  title: { en: "Marked hypercholesterolaemia: high risk", fr: "Hypercholestérolémie majeure : risque élevé" },
  statement: {
    en: "Familial hypercholesterolaemia, or LDL cholesterol of 1.9 g/L or more (above 4.9 mmol/L), is at least high risk.",
    fr: "L'hypercholestérolémie familiale, ou un LDL-cholestérol d'au moins 1,9 g/L (plus de 4,9 mmol/L), est au moins un risque élevé.",
  },
  when: markedCholesterol,
  presumes: [withoutDisease],
  computation: constant("high"),
  note: {
    en: "The guideline writes above 4.9 mmol/L, which is 1.895 g/L; 1.9 g/L itself counts here, as for a score of 0. With another major risk factor familial hypercholesterolaemia is very high risk (recalled): give the class where that is so.",
    fr: "La recommandation écrit plus de 4,9 mmol/L, soit 1,895 g/L ; 1,9 g/L compte ici, comme pour un score de 0. Avec un autre facteur de risque majeur, l'hypercholestérolémie familiale est un risque très élevé (de mémoire) : indiquer alors la classe.",
  },
};

const byCarotidPlaque: Rule = {
  ...common,
  id: "ldl-ladder/class-by-carotid-plaque",
  title: { en: "Carotid plaque: high risk", fr: "Plaque carotidienne : risque élevé" },
  statement: {
    en: "A carotid plaque moves a person at low or moderate risk to high risk.",
    fr: "Une plaque carotidienne fait passer au risque élevé une personne à risque faible ou modéré.",
  },
  when: carotidPlaque,
  presumes: [withoutDisease],
  computation: constant("high"),
  note: {
    en: "As seed 001 teaches it from ESC 2019. The guideline is recalled to name plaque a risk modifier (IIa, B), and a plaque that narrows the artery as disease, hence very high risk: give the class where that is so.",
    fr: "Comme l'enseigne le document 001 d'après l'ESC 2019. De mémoire, la recommandation en fait un modificateur du risque (IIa, B), et d'une plaque qui rétrécit l'artère une maladie, donc un risque très élevé : indiquer alors la classe.",
  },
};

const byScore2: Rule = {
  ...common,
  id: "ldl-ladder/class-by-score2",
  title: { en: "Class by SCORE2 (ESC/EAS 2025)", fr: "Classe selon SCORE2 (ESC/EAS 2025)" },
  statement: {
    en: "By SCORE2 or SCORE2-OP, at any age: low below 2 %, moderate from 2 to below 10 %, high from 10 to below 20 %.",
    fr: "Selon SCORE2 ou SCORE2-OP, à tout âge : faible sous 2 %, modéré de 2 à moins de 10 %, élevé de 10 à moins de 20 %.",
  },
  source: byScore2Source,
  when: { fact: "score2-risk", unit: "%", below: 20 },
  presumes: [
    withoutDisease,
    {
      that: { not: { any: [markedCholesterol, carotidPlaque] } },
      note: {
        en: "For people without carotid plaque, familial hypercholesterolaemia or LDL cholesterol of 1.9 g/L or more, which is presumed where nothing is said: each alone is high risk.",
        fr: "Pour les personnes sans plaque carotidienne, sans hypercholestérolémie familiale et avec un LDL-cholestérol inférieur à 1,9 g/L, ce qui est présumé faute d'information : chacun suffit au risque élevé.",
      },
    },
  ],
  computation: {
    kind: "bands",
    fact: "score2-risk",
    unit: "%",
    gives: "riskClass",
    bands: [
      { code: "low", to: 2, includesEdge: false },
      { code: "moderate", to: 10, includesEdge: false },
      { code: "high", to: 20, includesEdge: false },
      { code: "very-high", to: null, includesEdge: false },
    ],
  },
  caveats: [
    {
      when: { fact: "egfr", unit: "mL/min/{1.73_m2}", below: 60 },
      text: {
        en: "Kidney disease alone is high risk (eGFR 30 to 59) or very high risk (below 30), whatever SCORE2 gives (recalled).",
        fr: "La maladie rénale est à elle seule un risque élevé (DFG estimé de 30 à 59) ou très élevé (moins de 30), quel que soit le SCORE2 (de mémoire).",
      },
    },
  ],
  note: {
    en: "The ladder of 2019 was written for the older SCORE (fatal events); the 2025 update keeps its targets and reads SCORE2 by these limits. ESC 2021 has other limits, by age, and three classes: its category is shown by the pack score2 and is not read here, as the same name means another risk.",
    fr: "L'échelle de 2019 est écrite pour l'ancien SCORE (événements fatals) ; la mise à jour de 2025 en garde les objectifs et lit SCORE2 avec ces bornes. L'ESC 2021 a d'autres bornes, selon l'âge, et trois classes : sa catégorie est donnée par le paquet score2 et n'est pas lue ici, le même nom désignant un autre risque.",
  },
};

/** The risk class before any calcium score, from the surest sign to the least: the first that applies is handed on. */
export const classRules: readonly [Rule, ...Rule[]] = [
  byDisease,
  byHighestScore2,
  byCholesterol,
  byCarotidPlaque,
  byScore2,
];

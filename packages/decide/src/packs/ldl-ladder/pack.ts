import type { Condition } from "../../engine/condition.ts";
import { riskClassValue } from "../../engine/risk-class-value.ts";
import type { Caveat, Pack, Rule } from "../../engine/rule.ts";
import { escEas2019 } from "../../sources.ts";
import { classRules } from "./class-rules.ts";
import { ldlTargetOf, ldlTargetValues } from "./ldl-targets.ts";

const common = { kind: "guideline", class: "none", level: "none", source: escEas2019 } as const;

const knownVeryHigh: Condition = {
  all: [
    { fact: "risk-class", given: true },
    { fact: "risk-class", is: "very-high" },
  ],
};

const knownHigh: Condition = {
  all: [
    { fact: "risk-class", given: true },
    { fact: "risk-class", is: "high" },
  ],
};

const calciumAbove100: Rule = {
  ...common,
  id: "ldl-ladder/calcium-above-100",
  title: { en: "Score above 100: high risk", fr: "Score supérieur à 100 : risque élevé" },
  statement: {
    en: "In a person without symptoms at low or moderate risk, a calcium score above 100 suggests high risk.",
    fr: "Chez une personne asymptomatique à risque faible ou modéré, un score calcique supérieur à 100 oriente vers un risque élevé.",
  },
  when: {
    all: [{ fact: "agatston-score", unit: "[arb'U]", above: 100 }, { not: { any: [knownHigh, knownVeryHigh] } }],
  },
  presumes: [
    {
      that: {
        all: [
          { fact: "symptomatic", is: false },
          { fact: "known-cardiovascular-disease", is: false },
        ],
      },
      note: {
        en: "For people without symptoms or established cardiovascular disease, which is presumed where nothing is said; where no class is known, the risk is at least high.",
        fr: "Pour les personnes sans symptômes ni maladie cardiovasculaire établie, ce qui est présumé faute d'information ; si aucune classe n'est connue, le risque est au moins élevé.",
      },
    },
  ],
  computation: { kind: "constant", values: { riskClass: "high" } },
  values: { riskClass: riskClassValue },
  derives: [{ fact: "risk-class-by-calcium", from: "riskClass" }],
  note: {
    en: "Suggested, not ordered: the guideline's class (IIa, B) is for measuring the score as a risk modifier. Above 100 here, from 100 on in the American guideline: a score of exactly 100 is read differently. The 2025 update says that an increased score should be considered at moderate risk, without a number that was seen.",
    fr: "Suggéré, non imposé : la classe de la recommandation (IIa, B) porte sur la mesure du score comme modificateur du risque. Supérieur à 100 ici, à partir de 100 dans la recommandation américaine : un score de 100 exactement est lu différemment. La mise à jour de 2025 dit qu'un score élevé est à considérer à risque modéré, sans chiffre qui ait été vu.",
  },
};

const fallByHalf: Caveat = {
  when: {
    any: [
      { fact: "risk-class", is: "high" },
      { fact: "risk-class", is: "very-high" },
      { fact: "risk-class-by-calcium", is: "high" },
      { fact: "risk-class-by-calcium", is: "very-high" },
    ],
  },
  text: {
    en: "Together with a fall by at least half from the untreated level, which is not known here.",
    fr: "Avec une baisse d'au moins la moitié par rapport au taux sans traitement, qui n'est pas connu ici.",
  },
};

const diseaseBelowItsClass: Caveat = {
  when: {
    all: [{ fact: "known-cardiovascular-disease", is: true }, { not: { fact: "risk-class", is: "very-high" } }],
  },
  text: {
    en: "Established cardiovascular disease is very high risk: the class that was given is lower.",
    fr: "La maladie cardiovasculaire établie est un risque très élevé : la classe donnée est plus basse.",
  },
};

const oldWithoutDisease: Caveat = {
  when: {
    all: [
      { fact: "age", unit: "a", atLeast: 76 },
      {
        not: {
          all: [
            { fact: "known-cardiovascular-disease", given: true },
            { fact: "known-cardiovascular-disease", is: true },
          ],
        },
      },
    ],
  },
  text: {
    en: "Above 75 years, without established disease, the guideline says only that starting a statin may be considered (recalled).",
    fr: "Au-delà de 75 ans, sans maladie établie, la recommandation dit seulement que débuter une statine peut être envisagé (de mémoire).",
  },
};

const target: Rule = {
  ...common,
  id: "ldl-ladder/target",
  title: { en: "LDL target of the risk class", fr: "Objectif de LDL de la classe de risque" },
  statement: {
    en: "LDL cholesterol below 1.16 g/L (3.0 mmol/L) at low, 1.0 (2.6) at moderate, 0.70 (1.8) at high and 0.55 (1.4) at very high risk.",
    fr: "LDL-cholestérol inférieur à 1,16 g/L (3,0 mmol/L) à risque faible, 1,0 (2,6) à risque modéré, 0,70 (1,8) à risque élevé et 0,55 (1,4) à risque très élevé.",
  },
  when: { any: [{ fact: "risk-class-by-calcium", given: false }, knownVeryHigh] },
  computation: {
    kind: "equation",
    needs: ["risk-class"],
    compute: (known) => ldlTargetOf(known.choice("risk-class")),
  },
  values: ldlTargetValues,
  derives: [{ fact: "ldl-target", from: "ldlTargetGPerL" }],
  caveats: [fallByHalf, diseaseBelowItsClass, oldWithoutDisease],
  note: {
    en: "Seed 001 lists the same four numbers. The class and level of each line were not seen. After a second event within two years 0.40 g/L (1.0 mmol/L) may be aimed at: not covered here. The 2025 update leaves the targets as they are.",
    fr: "Le document 001 donne les quatre mêmes nombres. La classe et le niveau de chaque ligne n'ont pas été vus. Après un second événement en moins de deux ans, 0,40 g/L (1,0 mmol/L) peut être visé : non couvert ici. La mise à jour de 2025 laisse les objectifs inchangés.",
  },
};

const targetByCalcium: Rule = {
  ...target,
  id: "ldl-ladder/target-by-calcium",
  title: { en: "LDL target once the score is known", fr: "Objectif de LDL une fois le score connu" },
  when: { all: [{ fact: "risk-class-by-calcium", given: true }, { not: knownVeryHigh }] },
  computation: {
    kind: "equation",
    needs: ["risk-class-by-calcium"],
    compute: (known) => ldlTargetOf(known.choice("risk-class-by-calcium")),
  },
  note: {
    en: "The target of the class that the score leads to. Seed 001 notes that no guideline defines an LDL target by the score itself: it is the class that has one.",
    fr: "L'objectif de la classe à laquelle conduit le score. Le document 001 note qu'aucune recommandation ne définit d'objectif de LDL selon le score lui-même : c'est la classe qui en a un.",
  },
};

const distance: Rule = {
  ...common,
  id: "ldl-ladder/distance",
  title: { en: "LDL beside its target", fr: "LDL face à son objectif" },
  statement: {
    en: "At target when the LDL cholesterol is below the target of the class; else by how much it exceeds it.",
    fr: "À l'objectif si le LDL-cholestérol est inférieur à celui de la classe ; sinon, l'écart.",
  },
  when: { fact: "ldl-cholesterol", unit: "g/L", atLeast: 0 },
  computation: {
    kind: "equation",
    needs: ["ldl-cholesterol", "ldl-target"],
    compute: (known) => {
      const [ldlGPerL, targetGPerL] = [known.number("ldl-cholesterol"), known.number("ldl-target")];
      return { atTarget: ldlGPerL < targetGPerL, excessGPerL: Math.max(0, ldlGPerL - targetGPerL) };
    },
  },
  values: {
    atTarget: { title: { en: "At target", fr: "À l'objectif" } },
    excessGPerL: { title: { en: "Above the target by", fr: "Au-dessus de l'objectif de" }, unit: "g/L", digits: 2 },
  },
  caveats: [fallByHalf],
  note: {
    en: "Where another target was agreed (0.40 g/L after a second event), give it as the fact ldl-target: a given fact wins.",
    fr: "Si un autre objectif est retenu (0,40 g/L après un second événement), le donner comme fait ldl-target : un fait donné l'emporte.",
  },
};

/** From the risk class to the LDL target of ESC/EAS 2019. */
export const ldlLadder: Pack = {
  id: "ldl-ladder",
  version: "1.0.0",
  title: { en: "LDL targets by risk class (ESC/EAS 2019)", fr: "Objectifs de LDL par classe de risque (ESC/EAS 2019)" },
  scope: {
    en: "The LDL target of a risk class: the given one, or the one that disease, cholesterol, carotid plaque or SCORE2 lead to, moved by the calcium score. Diabetes is classed by SFC/SFD 2021, kidney disease is not classed: give the class.",
    fr: "L'objectif de LDL d'une classe de risque : celle qui est donnée, ou celle à laquelle conduisent maladie, cholestérol, plaque carotidienne ou SCORE2, déplacée par le score calcique. Le diabète est classé par SFC/SFD 2021, la maladie rénale ne l'est pas : indiquer la classe.",
  },
  rules: [...classRules, calciumAbove100, target, targetByCalcium, distance],
};

import type { Caveat, Pack, ValueDeclaration } from "../../engine/rule.ts";
import { budoff2010, hokanson2004 } from "../../sources.ts";
import { annualGrowthPercent, CLINICAL_PERCENT_PER_YEAR, hasGrownBy } from "./annual-growth.ts";
import { mesaStyleRules } from "./mesa-style-rules.ts";

/** Hokanson 2004: the 95 % limit of repeated scans, in √mm³ (recalled). */
const ROOT_VOLUME_LIMIT = 2.5;

const progressed: ValueDeclaration = { title: { en: "Progression", fr: "Progression" } };

const underStatin: Caveat = {
  when: { fact: "statin", is: true },
  text: {
    en: "Statins do not lower the calcium score and may raise it, while they lower the risk: growth under a statin is no failure of the treatment.",
    fr: "Les statines n'abaissent pas le score calcique et peuvent l'élever, alors qu'elles réduisent le risque : une progression sous statine n'est pas un échec du traitement.",
  },
};

const shortInterval: Caveat = {
  when: { fact: "years-between-scans", unit: "a", below: 1 },
  text: {
    en: "Less than a year apart: the scatter between two scans (13 % on average for the Agatston score) weighs more than a yearly rate can tell.",
    fr: "Moins d'un an entre les examens : la dispersion entre deux examens (13 % en moyenne pour le score d'Agatston) pèse plus que ce qu'un taux annuel peut dire.",
  },
};

/** What two scores of one person say about the calcium between them. */
export const calciumProgression: Pack = {
  id: "calcium-progression",
  version: "1.0.0",
  title: { en: "Progression between two calcium scores", fr: "Progression entre deux scores calciques" },
  scope: {
    en: "Compares an earlier score with this one by three published definitions, which may disagree. Only scores measured in the same way can be compared.",
    fr: "Compare un score antérieur à celui-ci selon trois définitions publiées, qui peuvent diverger. Seuls des scores mesurés de la même façon sont comparables.",
  },
  rules: [
    {
      id: "calcium-progression/hokanson",
      title: { en: "Change of the root of the volume", fr: "Variation de la racine du volume" },
      statement: {
        en: "√V₂ − √V₁ of the calcium volume in mm³; progression from 2.5 on, the 95 % limit of what two scans of an unchanged heart differ by.",
        fr: "√V₂ − √V₁ du volume de calcium en mm³ ; progression à partir de 2,5, limite à 95 % de l'écart entre deux examens d'un cœur inchangé.",
      },
      kind: "expert-opinion",
      class: "none",
      level: "none",
      source: hokanson2004,
      when: {
        all: [
          { fact: "earlier-volume-score", unit: "mm3", atLeast: 0 },
          { fact: "volume-score", unit: "mm3", atLeast: 0 },
        ],
      },
      computation: {
        kind: "equation",
        needs: ["earlier-volume-score", "volume-score"],
        compute: (known) => {
          const changeRootMm3 =
            Math.sqrt(known.number("volume-score")) - Math.sqrt(known.number("earlier-volume-score"));
          return { changeRootMm3, progressed: changeRootMm3 >= ROOT_VOLUME_LIMIT };
        },
      },
      values: {
        changeRootMm3: {
          title: { en: "Change of the root of the volume (√mm³)", fr: "Variation de la racine du volume (√mm³)" },
          digits: 2,
        },
        progressed,
      },
      caveats: [underStatin],
      note: {
        en: "Repeated scans scatter evenly on the scale of the root, which a percentage does not give. Many studies put the Agatston score under the root with the same limit (KOICA registry, doi 10.1371/journal.pone.0248884); here it is the volume, as the reference collection has it.",
        fr: "Sur l'échelle de la racine, la dispersion entre examens est uniforme, ce qu'un pourcentage ne donne pas. Beaucoup d'études mettent le score d'Agatston sous la racine avec la même limite (registre KOICA, doi 10.1371/journal.pone.0248884) ; ici c'est le volume, comme dans la collection de référence.",
      },
    },
    {
      id: "calcium-progression/annual",
      title: { en: "Yearly growth", fr: "Croissance annuelle" },
      statement: {
        en: "((later / earlier)^(1 / years) − 1) × 100 % per year of the Agatston score; from 15 % per year on, clinically significant progression.",
        fr: "((dernier / antérieur)^(1 / années) − 1) × 100 % par an du score d'Agatston ; à partir de 15 % par an, progression cliniquement significative.",
      },
      kind: "expert-opinion",
      class: "none",
      level: "none",
      source: {
        ...budoff2010,
        verification: "public-source",
        confirmedIn: "the abstract of PMC8673314 (the limit of 15 % per year)",
      },
      when: { fact: "earlier-agatston-score", unit: "[arb'U]", above: 0 },
      computation: {
        kind: "equation",
        needs: ["earlier-agatston-score", "agatston-score", "years-between-scans"],
        compute: (known) => {
          const growth = annualGrowthPercent({
            earlier: known.number("earlier-agatston-score"),
            later: known.number("agatston-score"),
            years: known.number("years-between-scans"),
          });
          return { annualPercent: growth, progressed: hasGrownBy(growth, CLINICAL_PERCENT_PER_YEAR) };
        },
      },
      values: {
        annualPercent: { title: { en: "Yearly growth", fr: "Croissance annuelle" }, unit: "%/a", digits: 1 },
        progressed,
      },
      caveats: [underStatin, shortInterval],
      note: {
        en: "From an earlier score of 0 there is no percentage: see the rule on new calcium. A small earlier score makes a large percentage of a few units.",
        fr: "À partir d'un score antérieur de 0, il n'y a pas de pourcentage : voir la règle sur l'apparition de calcium. Un petit score antérieur fait de quelques unités un grand pourcentage.",
      },
    },
    ...mesaStyleRules([underStatin, shortInterval]),
  ],
};

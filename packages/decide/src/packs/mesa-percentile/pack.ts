import type { Text } from "@etalon/base";
import type { Condition } from "../../engine/condition.ts";
import type {
  Caveat,
  KnownFacts,
  Pack,
  Presumption,
  RuleSource,
  RuleValues,
  ValueDeclaration,
} from "../../engine/rule.ts";
import { mcclelland2006 } from "../../sources.ts";

import { mesaDistribution } from "./mesa-reference.ts";
import type { MesaEthnicity } from "./mesa-stratum.ts";
import { percentileOfScore } from "./percentile-of-score.ts";

const inReach: Condition = { fact: "age", unit: "a", atLeast: 45, below: 85 };

/** Not given, or another than the four: that counts as not given. */
const isOutsideTheFour: Condition = { fact: "ethnicity", given: false };

const source: RuleSource = {
  ...mcclelland2006,
  verification: "public-source",
  confirmedIn: "github:Magnetron85/Radiology-Right-Click lib/calc/CalciumScore.ahk",
};

const populationPresumed: readonly Presumption[] = [
  {
    that: { fact: "diabetes", is: false },
    note: {
      en: "For people without diabetes, which is presumed where nothing is said: the reference left out treated diabetes.",
      fr: "Pour les personnes sans diabète, ce qui est présumé faute d'information : la référence a exclu le diabète traité.",
    },
  },
  {
    that: { fact: "known-cardiovascular-disease", is: false },
    note: {
      en: "For people without established cardiovascular disease, which is presumed where nothing is said.",
      fr: "Pour les personnes sans maladie cardiovasculaire établie, ce qui est présumé faute d'information.",
    },
  },
];

const edgeCaveats: readonly Caveat[] = [
  {
    when: { fact: "agatston-score", unit: "[arb'U]", above: 0, below: 1 },
    text: {
      en: "The score is below the reference's first anchor of 1: the percentile is that of a score of 1.",
      fr: "Le score est sous le premier repère de la référence, 1 : le percentile est celui d'un score de 1.",
    },
  },
  {
    when: { fact: "agatston-score", unit: "[arb'U]", above: 4000 },
    text: {
      en: "The score is above the reference's last anchor of 4000: the percentile is that of 4000, a lower bound.",
      fr: "Le score dépasse le dernier repère de la référence, 4000 : le percentile est celui de 4000, une borne basse.",
    },
  },
  {
    when: { fact: "symptomatic", is: true },
    text: {
      en: "The people of the reference had no known heart disease; the percentile does not weigh symptoms.",
      fr: "La référence porte sur des personnes sans maladie cardiaque connue ; le percentile ne rend pas compte de symptômes.",
    },
  },
];

const values: Readonly<Record<string, ValueDeclaration>> = {
  percentile: { title: { en: "Percentile", fr: "Percentile" }, digits: 0 },
  nonZeroProbabilityPercent: {
    title: { en: "Share of peers who have calcium", fr: "Part des semblables qui ont du calcium" },
    unit: "%",
    digits: 0,
  },
};

const note: Text = {
  en: "The table by year of age is not in the paper: a public tool took it from the MESA web calculator. It reproduces the paper's table 2 within 1.93 percentile points at the middle of each bracket. To be checked against the official calculator (mesa-nhlbi.org), and that site's terms read, before clinical use. Fractions of a year are left out, as the table goes by completed years. The method (lowess of P(CAC>0) and of ln(CAC), 6110 people) is recalled.",
  fr: "La table par année d'âge n'est pas dans l'article : un outil public l'a reprise du calculateur en ligne de MESA. Elle reproduit la table 2 de l'article à 1,93 point de percentile près au milieu de chaque tranche. À vérifier avec le calculateur officiel (mesa-nhlbi.org), dont les conditions d'usage sont à lire, avant tout usage clinique. Les fractions d'année sont ignorées, la table allant par années révolues. La méthode (lowess de P(CAC>0) et de ln(CAC), 6110 personnes) est citée de mémoire.",
};

/** Where a score stands among people of the same age and sex in MESA, and the same ethnicity where it is one of its four. */
export const mesaPercentile: Pack = {
  id: "mesa-percentile",
  version: "1.0.0",
  title: { en: "Percentile of the calcium score in MESA", fr: "Percentile du score calcique dans MESA" },
  scope: {
    en: "Percentile of the Agatston score by age (45–84), sex and ethnicity; at score 0 the share of peers who have calcium. Not for people with diabetes or established cardiovascular disease. Report the percentile and the absolute class, never the percentile alone.",
    fr: "Percentile du score d'Agatston selon l'âge (45–84 ans), le sexe et l'origine ; à score 0, la part des semblables qui ont du calcium. Ne vaut pas en cas de diabète ou de maladie cardiovasculaire établie. Rapporter le percentile et la classe absolue, jamais le percentile seul.",
  },
  rules: [
    {
      id: "mesa-percentile/by-ethnicity",
      title: { en: "Percentile by age, sex and ethnicity", fr: "Percentile selon l'âge, le sexe et l'origine" },
      statement: {
        en: "Percentile among people of the same age, sex and ethnicity, where that is one of the study's four; at score 0 the share of them who have calcium. Interpolated on the logarithm of the score from 1 to 4000; above 0 and below 1 it is the percentile of 1, above 4000 that of 4000. Report percentile and absolute class, never the percentile alone.",
        fr: "Percentile parmi les personnes de mêmes âge, sexe et origine, si celle-ci est l'une des quatre de l'étude ; à score 0, part d'entre elles qui ont du calcium. Interpolé sur le logarithme du score de 1 à 4000 ; entre 0 et 1, c'est le percentile de 1, au-delà de 4000, celui de 4000. Rapporter le percentile et la classe absolue, jamais le percentile seul.",
      },
      kind: "risk-equation",
      class: "none",
      level: "none",
      source,
      when: inReach,
      presumes: populationPresumed,
      computation: {
        kind: "equation",
        needs: ["age", "sex", "ethnicity", "agatston-score"],
        compute: (known) => standingOf(known, ethnicityOf(known.choice("ethnicity"))),
      },
      values,
      derives: [{ fact: "cac-percentile", from: "percentile" }],
      caveats: edgeCaveats,
      note,
    },
    {
      id: "mesa-percentile/white-reference",
      title: { en: "Percentile in the White reference", fr: "Percentile dans la référence blanche" },
      statement: {
        en: "Where the ethnicity is not given or is another, the percentile among White people of the same age and sex, interpolated in the same way: a landmark, to be read beside the percentile by age and sex (Hoff). Report percentile and absolute class, never the percentile alone.",
        fr: "Quand l'origine n'est pas donnée ou est autre, percentile parmi les personnes blanches de mêmes âge et sexe, interpolé de même : un repère, à lire à côté du percentile selon l'âge et le sexe (Hoff). Rapporter le percentile et la classe absolue, jamais le percentile seul.",
      },
      kind: "risk-equation",
      class: "none",
      level: "none",
      source,
      when: { all: [isOutsideTheFour, inReach] },
      presumes: populationPresumed,
      computation: {
        kind: "equation",
        needs: ["age", "sex", "agatston-score"],
        compute: (known) => standingOf(known, "white"),
      },
      values,
      caveats: [
        {
          when: isOutsideTheFour,
          text: {
            en: "This is the White reference, not this person's own: the ethnicity is not given or is not one of the reference's four.",
            fr: "C'est la référence blanche, non celle de la personne : son origine n'est pas donnée ou n'est pas l'une des quatre de la référence.",
          },
        },
        ...edgeCaveats,
      ],
      note,
    },
  ],
};

function standingOf(known: KnownFacts, ethnicity: MesaEthnicity): RuleValues {
  const sex = known.choice("sex") === "male" ? "male" : "female";
  const distribution = mesaDistribution({ sex, ethnicity }, known.number("age"));
  const agatston = known.number("agatston-score");
  if (agatston === 0) return { nonZeroProbabilityPercent: distribution.nonZeroProbabilityPercent };
  return { percentile: percentileOfScore(distribution, agatston) };
}

/** Every other choice counts as not given; the message does not name it, as the fact is sensitive. */
function ethnicityOf(choice: string): MesaEthnicity {
  if (choice === "white" || choice === "black" || choice === "hispanic" || choice === "chinese") return choice;
  throw new Error("the rule is evaluated for an ethnicity that its reference does not describe");
}

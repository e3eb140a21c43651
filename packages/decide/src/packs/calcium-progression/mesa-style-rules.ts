import type { Text } from "@etalon/base";
import type { Caveat, Rule, ValueDeclaration } from "../../engine/rule.ts";
import type { FactId } from "../../facts/definitions.ts";
import { budoff2010 } from "../../sources.ts";
import { hasGrownBy } from "./annual-growth.ts";

/** From this earlier score on, change is counted in percent (recalled). */
const PERCENT_FROM = 100;

/** Units of the score per year below it, percent per year from it on (recalled). */
const LIMIT_PER_YEAR = 10;

const needs: readonly FactId[] = ["earlier-agatston-score", "agatston-score", "years-between-scans"];

const progressed: ValueDeclaration = { title: { en: "Progression", fr: "Progression" } };

const note: Text = {
  en: "Three lines of one definition, in the manner of MESA and of Berry; recalled, and the paper that states them was not found. The percentage is taken of the earlier score and not compounded, which the source leaves open.",
  fr: "Trois lignes d'une même définition, à la manière de MESA et de Berry ; citées de mémoire, l'article qui les énonce n'a pas été retrouvé. Le pourcentage est rapporté au score antérieur, sans capitalisation, ce que la source ne précise pas.",
};

const common = { kind: "expert-opinion", class: "none", level: "none", source: budoff2010, note } as const;

/** The definition that asks another question of an earlier score of 0, of one below 100, and of one from 100 on. */
export function mesaStyleRules(caveats: readonly Caveat[]): readonly Rule[] {
  return [
    {
      ...common,
      id: "calcium-progression/mesa-new-calcium",
      title: { en: "New calcium", fr: "Apparition de calcium" },
      statement: {
        en: "After an earlier score of 0, any calcium is new.",
        fr: "Après un score antérieur de 0, tout calcium est d'apparition récente.",
      },
      when: { fact: "earlier-agatston-score", unit: "[arb'U]", atMost: 0 },
      computation: {
        kind: "equation",
        needs: ["agatston-score"],
        compute: (known) => ({ progressed: known.number("agatston-score") > 0 }),
      },
      values: { progressed },
    },
    {
      ...common,
      id: "calcium-progression/mesa-units",
      title: { en: "Change in units per year", fr: "Variation en unités par an" },
      statement: {
        en: "After an earlier score above 0 and below 100: progression from 10 units per year on.",
        fr: "Après un score antérieur de plus de 0 et de moins de 100 : progression à partir de 10 unités par an.",
      },
      when: { fact: "earlier-agatston-score", unit: "[arb'U]", above: 0, below: PERCENT_FROM },
      computation: {
        kind: "equation",
        needs,
        compute: (known) => {
          const change = known.number("agatston-score") - known.number("earlier-agatston-score");
          const unitsPerYear = change / known.number("years-between-scans");
          return { unitsPerYear, progressed: hasGrownBy(unitsPerYear, LIMIT_PER_YEAR) };
        },
      },
      values: {
        unitsPerYear: { title: { en: "Units per year", fr: "Unités par an" }, unit: "[arb'U]/a", digits: 1 },
        progressed,
      },
      caveats,
    },
    {
      ...common,
      id: "calcium-progression/mesa-percent",
      title: { en: "Change in percent per year", fr: "Variation en pourcentage par an" },
      statement: {
        en: "After an earlier score of 100 or more: progression from 10 % of it per year on.",
        fr: "Après un score antérieur de 100 ou plus : progression à partir de 10 % de celui-ci par an.",
      },
      when: { fact: "earlier-agatston-score", unit: "[arb'U]", atLeast: PERCENT_FROM },
      computation: {
        kind: "equation",
        needs,
        compute: (known) => {
          const earlier = known.number("earlier-agatston-score");
          const change = known.number("agatston-score") - earlier;
          const percentPerYear = (change / earlier / known.number("years-between-scans")) * 100;
          return { percentPerYear, progressed: hasGrownBy(percentPerYear, LIMIT_PER_YEAR) };
        },
      },
      values: {
        percentPerYear: { title: { en: "Percent per year", fr: "Pourcentage par an" }, unit: "%/a", digits: 1 },
        progressed,
      },
      caveats,
    },
  ];
}

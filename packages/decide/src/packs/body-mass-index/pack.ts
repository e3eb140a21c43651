import type { Pack } from "../../engine/rule.ts";
import { who2000 } from "../../sources.ts";

/** Body mass index for the rules that ask for it, where only height and weight were given. */
export const bodyMassIndex: Pack = {
  id: "body-mass-index",
  version: "1.0.0",
  title: { en: "Body mass index", fr: "Indice de masse corporelle" },
  scope: {
    en: "Weight by height squared, where the index itself was not given. Names no class.",
    fr: "Poids divisé par le carré de la taille, lorsque l'indice lui-même n'est pas donné. Ne nomme aucune classe.",
  },
  rules: [
    {
      id: "body-mass-index/from-height-and-weight",
      title: { en: "Body mass index from height and weight", fr: "Indice de masse corporelle d'après taille et poids" },
      statement: {
        en: "Weight in kilograms by the square of height in metres.",
        fr: "Poids en kilogrammes divisé par le carré de la taille en mètres.",
      },
      kind: "consensus",
      class: "none",
      level: "none",
      source: {
        ...who2000,
        verification: "public-source",
        confirmedIn: "cbs.nl/en-gb/news/2007/22 (Statistics Netherlands)",
      },
      when: { fact: "bmi", given: false },
      computation: {
        kind: "equation",
        needs: ["height", "weight"],
        compute: (known) => {
          const heightM = known.number("height") / 100;
          return { bodyMassIndexKgPerM2: known.number("weight") / (heightM * heightM) };
        },
      },
      values: {
        bodyMassIndexKgPerM2: {
          title: { en: "Body mass index", fr: "Indice de masse corporelle" },
          unit: "kg/m2",
          digits: 1,
        },
      },
      derives: [{ fact: "bmi", from: "bodyMassIndexKgPerM2" }],
    },
  ],
};

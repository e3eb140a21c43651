import { minocaWorkup } from "../../cardiac-mr-sources.ts";
import type { Condition } from "../../engine/condition.ts";
import type { Rule } from "../../engine/rule.ts";
import { ischaemicEnhancement, nonIschaemicEnhancement } from "../lake-louise/criteria.ts";
import { deskLine } from "./desk-line.ts";

const of = { diagnosis: "takotsubo", source: minocaWorkup } as const;

const ballooning: Condition = {
  any: [
    { fact: "wall-motion", is: "apical-ballooning" },
    { fact: "wall-motion", is: "mid-or-basal-ballooning" },
  ],
};

/** What supports a Takotsubo syndrome, and what speaks against it. */
export const takotsuboLines: readonly Rule[] = [
  deskLine({
    ...of,
    name: "takotsubo-ballooning",
    weight: "supports",
    title: { en: "Ballooning beyond one territory", fr: "Ballonisation débordant un territoire" },
    statement: {
      en: "Apical ballooning, or its mid-ventricular or basal variant.",
      fr: "Ballonisation apicale, ou sa variante médio-ventriculaire ou basale.",
    },
    finding: ballooning,
  }),
  deskLine({
    ...of,
    name: "takotsubo-oedema-without-scar",
    weight: "supports",
    title: { en: "Oedema of these segments without enhancement", fr: "Œdème de ces segments sans rehaussement" },
    statement: {
      en: "Oedema all round the segments that do not contract, and no late enhancement.",
      fr: "Œdème circonférentiel des segments akinétiques, sans rehaussement tardif.",
    },
    finding: {
      all: [
        { fact: "oedema-distribution", is: "with-ballooning" },
        { fact: "lge-pattern", is: "none" },
      ],
    },
  }),
  deskLine({
    ...of,
    name: "takotsubo-recovery",
    weight: "supports",
    title: { en: "Recovered at follow-up", fr: "Récupération au contrôle" },
    statement: {
      en: "The disorder of contraction was transient.",
      fr: "Le trouble de la cinétique a été transitoire.",
    },
    finding: { all: [{ fact: "wall-motion-recovered", is: true }, { not: { fact: "wall-motion", is: "normal" } }] },
  }),
  deskLine({
    ...of,
    name: "takotsubo-enhancement",
    weight: "against",
    title: { en: "Late enhancement", fr: "Rehaussement tardif" },
    statement: {
      en: "Late enhancement of an infarct's or a myocarditis' pattern is not that of a Takotsubo syndrome.",
      fr: "Un rehaussement tardif d'aspect d'infarctus ou de myocardite n'est pas celui d'un syndrome de Takotsubo.",
    },
    finding: { any: [ischaemicEnhancement, nonIschaemicEnhancement] },
  }),
  deskLine({
    ...of,
    name: "takotsubo-normal-motion",
    weight: "against",
    title: { en: "Normal wall motion", fr: "Cinétique normale" },
    statement: {
      en: "In the acute phase the syndrome shows a disorder of contraction. Seen late, it may have recovered.",
      fr: "À la phase aiguë, le syndrome s'accompagne d'un trouble de la cinétique. Vu tard, il a pu récupérer.",
    },
    finding: { fact: "wall-motion", is: "normal" },
  }),
  deskLine({
    ...of,
    name: "takotsubo-territory",
    weight: "against",
    title: { en: "Disorder of one coronary territory", fr: "Trouble d'un seul territoire coronaire" },
    statement: {
      en: "A disorder of contraction that keeps to one coronary territory.",
      fr: "Trouble de la cinétique limité à un territoire coronaire.",
    },
    finding: { fact: "wall-motion", is: "coronary-territory" },
  }),
  deskLine({
    ...of,
    name: "takotsubo-no-recovery",
    weight: "against",
    title: { en: "Not recovered at follow-up", fr: "Pas de récupération au contrôle" },
    statement: {
      en: "A disorder of contraction that persists at follow-up.",
      fr: "Trouble de la cinétique persistant au contrôle.",
    },
    finding: { fact: "wall-motion-recovered", is: false },
  }),
];

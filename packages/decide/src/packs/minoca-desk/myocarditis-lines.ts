import { lakeLouise2009, lakeLouise2018, minocaWorkup } from "../../cardiac-mr-sources.ts";
import type { Caveat, Rule } from "../../engine/rule.ts";
import {
  bothCriteria,
  ischaemicEnhancement,
  noCriterion,
  nonIschaemicEnhancement,
  singleCriterion,
} from "../lake-louise/criteria.ts";
import { deskLine } from "./desk-line.ts";

/** Weeks after the first symptoms oedema has gone, and its absence says little. */
const late: Caveat = {
  when: { fact: "days-since-onset", unit: "d", above: 14 },
  text: {
    en: "More than 14 days after the first symptoms: oedema may have gone.",
    fr: "Plus de 14 jours après les premiers symptômes : l'œdème a pu disparaître.",
  },
};

const of = { diagnosis: "myocarditis" } as const;

/** What supports myocarditis, and what speaks against it. */
export const myocarditisLines: readonly Rule[] = [
  deskLine({
    ...of,
    name: "myocarditis-lake-louise",
    weight: "supports",
    title: { en: "Both Lake Louise criteria", fr: "Deux critères de Lake Louise" },
    statement: {
      en: "A T2-based and a T1-based criterion together: strong evidence of inflammation.",
      fr: "Un critère T2 et un critère T1 réunis : argument fort d'inflammation.",
    },
    source: lakeLouise2018,
    finding: bothCriteria,
  }),
  deskLine({
    ...of,
    name: "myocarditis-one-criterion",
    weight: "supports",
    title: { en: "One Lake Louise criterion", fr: "Un critère de Lake Louise" },
    statement: {
      en: "One main criterion without the other may support it, less specifically.",
      fr: "Un critère principal sans l'autre peut l'étayer, avec moins de spécificité.",
    },
    source: lakeLouise2018,
    finding: singleCriterion,
  }),
  deskLine({
    ...of,
    name: "myocarditis-enhancement",
    weight: "supports",
    title: {
      en: "Subepicardial, mid-wall or patchy enhancement",
      fr: "Rehaussement sous-épicardique, intramural ou en plages",
    },
    statement: {
      en: "Late enhancement that spares the endocardium and keeps to no coronary territory.",
      fr: "Rehaussement tardif qui respecte l'endocarde et ne suit aucun territoire coronaire.",
    },
    source: minocaWorkup,
    finding: nonIschaemicEnhancement,
  }),
  deskLine({
    ...of,
    name: "myocarditis-pericardium",
    weight: "supports",
    title: { en: "Signs of pericarditis", fr: "Signes de péricardite" },
    statement: {
      en: "Pericardial effusion or enhancement is a supportive sign.",
      fr: "Un épanchement ou un rehaussement péricardique est un signe d'appoint.",
    },
    source: lakeLouise2018,
    finding: { fact: "pericarditis-signs", is: true },
  }),
  deskLine({
    ...of,
    name: "myocarditis-no-criterion",
    weight: "against",
    title: { en: "No Lake Louise criterion", fr: "Aucun critère de Lake Louise" },
    statement: {
      en: "Neither criterion is found by the techniques that were read. It does not exclude myocarditis.",
      fr: "Aucun des deux critères n'est retrouvé par les techniques lues. Cela n'exclut pas une myocardite.",
    },
    source: lakeLouise2018,
    finding: noCriterion,
    caveats: [late],
  }),
  deskLine({
    ...of,
    name: "myocarditis-ischaemic-pattern",
    weight: "against",
    title: {
      en: "Enhancement from the endocardium in a territory",
      fr: "Rehaussement sous-endocardique ou transmural",
    },
    statement: {
      en: "Enhancement that includes the endocardium in a coronary territory makes an infarct more likely.",
      fr: "Un rehaussement qui comprend l'endocarde dans un territoire coronaire rend un infarctus plus probable.",
    },
    source: lakeLouise2009,
    finding: ischaemicEnhancement,
  }),
];

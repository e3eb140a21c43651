import { lakeLouise2009, lakeLouise2018 } from "../../cardiac-mr-sources.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Caveat, Pack, Rule } from "../../engine/rule.ts";
import {
  bothCriteria,
  noCriterion,
  singleCriterion,
  t1Criterion,
  t1NotFound,
  t2Criterion,
  t2NotFound,
} from "./criteria.ts";

const common = { kind: "consensus", class: "none", level: "none", source: lakeLouise2018 } as const;

/** Computation and value of a rule that says whether a criterion is met, and hands it on. */
function says(fact: "t2-criterion" | "t1-criterion", isMet: boolean): Pick<Rule, "computation" | "values" | "derives"> {
  return {
    computation: { kind: "constant", values: { isMet } },
    values: { isMet: { title: { en: "Criterion met", fr: "Critère présent" } } },
    derives: [{ fact, from: "isMet" }],
  };
}

const inflammationTitle = { en: "Myocardial inflammation", fr: "Inflammation myocardique" };

const ratioOf2009: Caveat = {
  when: { fact: "t2-signal-ratio", given: true },
  text: {
    en: `The cut-off of 2.0 for the ratio is that of the 2009 edition (doi ${lakeLouise2009.doi}, table 7), for images of the body coil or corrected for the surface coil; the 2018 edition keeps it.`,
    fr: `Le seuil de 2,0 pour le rapport est celui de l'édition 2009 (doi ${lakeLouise2009.doi}, tableau 7), pour des images acquises avec l'antenne corps ou corrigées de l'antenne de surface ; l'édition 2018 le conserve.`,
  },
};

const siteReference: Caveat = {
  when: {
    any: [
      { fact: "t2-mapping-raised", is: true },
      { fact: "native-t1-raised", is: true },
      { fact: "ecv-raised", is: true },
    ],
  },
  text: {
    en: "Raised means above the reference of the same scanner and sequence: normal values differ by some 70 ms between sites.",
    fr: "« Augmenté » s'entend par rapport à la référence de la même machine et de la même séquence : les valeurs normales diffèrent d'environ 70 ms d'un centre à l'autre.",
  },
};

const t2: Rule = {
  ...common,
  ...says("t2-criterion", true),
  id: "lake-louise/t2-criterion",
  title: { en: "T2-based criterion", fr: "Critère T2" },
  statement: {
    en: "Oedema: T2 raised on the map, or on T2-weighted images regional high signal or a ratio to skeletal muscle of 2.0 or more.",
    fr: "Œdème : T2 augmenté en cartographie, ou en pondération T2 hypersignal régional ou rapport au muscle squelettique d'au moins 2,0.",
  },
  when: t2Criterion,
  caveats: [ratioOf2009, siteReference],
};

const t1: Rule = {
  ...common,
  ...says("t1-criterion", true),
  id: "lake-louise/t1-criterion",
  title: { en: "T1-based criterion", fr: "Critère T1" },
  statement: {
    en: "Injury: native T1 or extracellular volume raised, or late enhancement of a non-ischaemic pattern. Several of them are still one criterion.",
    fr: "Lésion : T1 natif ou volume extracellulaire augmenté, ou rehaussement tardif d'aspect non ischémique. Plusieurs d'entre eux ne font qu'un critère.",
  },
  when: t1Criterion,
  caveats: [siteReference],
};

const t2Missed: Rule = {
  ...common,
  ...says("t2-criterion", false),
  id: "lake-louise/t2-not-found",
  title: { en: "T2-based criterion looked for and not found", fr: "Critère T2 recherché et non retrouvé" },
  statement: {
    en: "One T2-based technique at least was read, and none that was read is positive.",
    fr: "Au moins une technique T2 a été lue, et aucune de celles lues n'est positive.",
  },
  when: t2NotFound,
  caveats: [ratioOf2009],
};

const t1Missed: Rule = {
  ...common,
  ...says("t1-criterion", false),
  id: "lake-louise/t1-not-found",
  title: { en: "T1-based criterion looked for and not found", fr: "Critère T1 recherché et non retrouvé" },
  statement: {
    en: "One T1-based technique at least was read, and none that was read is positive.",
    fr: "Au moins une technique T1 a été lue, et aucune de celles lues n'est positive.",
  },
  when: t1NotFound,
};

const inflammation: Rule = {
  ...common,
  ...constantCode({
    key: "inflammation",
    title: inflammationTitle,
    code: "strong-evidence",
    text: { en: "strong evidence: both main criteria", fr: "arguments forts : les deux critères principaux" },
  }),
  id: "lake-louise/inflammation",
  title: { en: "Myocardial inflammation (Lake Louise 2018)", fr: "Inflammation myocardique (Lake Louise 2018)" },
  statement: {
    en: "One T2-based and one T1-based criterion together are strong evidence of myocardial inflammation where it is clinically suspected.",
    fr: "Un critère T2 et un critère T1 réunis sont un argument fort d'inflammation myocardique quand elle est cliniquement suspectée.",
  },
  when: bothCriteria,
  caveats: [ratioOf2009, siteReference],
  note: {
    en: "Sensitivity 88 %, specificity 96 % in one validation (40 patients, 26 controls: 87.5 and 96.2 %, PMC7978026). Two criteria of the same kind do not replace one of each.",
    fr: "Sensibilité 88 %, spécificité 96 % dans une validation (40 patients, 26 témoins : 87,5 et 96,2 %, PMC7978026). Deux critères de même nature ne remplacent pas un de chaque.",
  },
};

const single: Rule = {
  ...common,
  ...constantCode({
    key: "inflammation",
    title: inflammationTitle,
    code: "one-criterion",
    text: {
      en: "one main criterion: may support it in the right clinical setting",
      fr: "un seul critère principal : peut étayer le diagnostic dans un contexte évocateur",
    },
  }),
  id: "lake-louise/one-criterion",
  title: { en: "One main criterion only", fr: "Un seul critère principal" },
  statement: {
    en: "One criterion without the other may still support myocardial inflammation in an appropriate clinical setting, less specifically.",
    fr: "Un critère sans l'autre peut encore étayer une inflammation myocardique dans un contexte clinique évocateur, avec moins de spécificité.",
  },
  when: singleCriterion,
  caveats: [ratioOf2009],
};

const absent: Rule = {
  ...common,
  ...constantCode({
    key: "inflammation",
    title: inflammationTitle,
    code: "not-found",
    text: { en: "no main criterion found", fr: "aucun critère principal retrouvé" },
  }),
  id: "lake-louise/not-met",
  title: { en: "No main criterion", fr: "Aucun critère principal" },
  statement: {
    en: "Neither criterion is found by the techniques that were read. It speaks against acute inflammation and does not exclude it.",
    fr: "Aucun des deux critères n'est retrouvé par les techniques lues. C'est un argument contre une inflammation aiguë, sans l'exclure.",
  },
  when: noCriterion,
};

const pericardium: Rule = {
  ...common,
  ...constantCode({
    key: "supportive",
    title: { en: "Supportive sign", fr: "Signe d'appoint" },
    code: "pericarditis",
    text: { en: "signs of pericarditis", fr: "signes de péricardite" },
  }),
  id: "lake-louise/supportive-pericardium",
  title: { en: "Supportive: pericardium", fr: "Appoint : péricarde" },
  statement: {
    en: "Pericardial effusion or enhancement supports the diagnosis; it is no main criterion.",
    fr: "Un épanchement ou un rehaussement péricardique étaye le diagnostic ; ce n'est pas un critère principal.",
  },
  when: { fact: "pericarditis-signs", is: true },
};

const dysfunction: Rule = {
  ...common,
  ...constantCode({
    key: "supportive",
    title: { en: "Supportive sign", fr: "Signe d'appoint" },
    code: "lv-dysfunction",
    text: { en: "LV systolic dysfunction", fr: "dysfonction systolique VG" },
  }),
  id: "lake-louise/supportive-function",
  title: { en: "Supportive: LV function", fr: "Appoint : fonction VG" },
  statement: {
    en: "Regional or global LV systolic dysfunction supports the diagnosis; it is no main criterion.",
    fr: "Une dysfonction systolique VG segmentaire ou globale étaye le diagnostic ; ce n'est pas un critère principal.",
  },
  when: { fact: "lv-systolic-dysfunction", is: true },
};

/** Myocardial inflammation by cardiac MR. */
export const lakeLouise: Pack = {
  id: "lake-louise",
  version: "1.0.0",
  title: {
    en: "Myocardial inflammation by MR (Lake Louise 2018)",
    fr: "Inflammation myocardique à l'IRM (Lake Louise 2018)",
  },
  scope: {
    en: "Two main criteria, each met by any of its techniques, and two supportive signs, in people in whom inflammation is clinically suspected. Raised values are the reader's statement against the site's own reference.",
    fr: "Deux critères principaux, chacun présent dès qu'une de ses techniques est positive, et deux signes d'appoint, chez des patients suspects d'inflammation. Les valeurs augmentées sont dites par le lecteur, selon la référence de son centre.",
  },
  opensWith: [
    "t2-mapping-raised",
    "t2-oedema-regional",
    "t2-signal-ratio",
    "native-t1-raised",
    "ecv-raised",
    "lge-pattern",
    "pericarditis-signs",
  ],
  rules: [t2, t2Missed, t1, t1Missed, inflammation, single, absent, pericardium, dysfunction],
};

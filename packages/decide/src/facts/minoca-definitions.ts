import type { FactDefinition } from "./fact-definition.ts";

/** Findings of a cardiac MR, as its reader says them, that the Lake Louise criteria and the MINOCA desk read; part of the one list. */
export const minocaFactDefinitions = {
  "acute-infarction-criteria": {
    kind: "boolean",
    title: {
      en: "Criteria of acute myocardial infarction met (4th universal definition)",
      fr: "Critères d'infarctus aigu du myocarde réunis (4e définition universelle)",
    },
    note: {
      en: "Rise or fall of troponin with a value above the 99th percentile, and clinical evidence of ischaemia: the physician's statement.",
      fr: "Cinétique de troponine avec une valeur au-dessus du 99e percentile, et argument clinique d'ischémie : c'est le médecin qui le dit.",
    },
  },
  "obvious-cause": {
    kind: "boolean",
    title: {
      en: "Another obvious cause of the presentation",
      fr: "Autre cause évidente du tableau clinique",
    },
    note: {
      en: "Such as sepsis, pulmonary embolism or a contused heart.",
      fr: "Par exemple sepsis, embolie pulmonaire ou contusion cardiaque.",
    },
  },
  "coronary-anatomy-source": {
    kind: "choice",
    title: { en: "Coronary anatomy known from", fr: "Anatomie coronaire connue par" },
    choices: {
      "invasive-angiography": { en: "invasive angiography", fr: "coronarographie" },
      "ct-angiography": { en: "CT angiography", fr: "coroscanner" },
    },
  },
  "days-since-onset": {
    kind: "number",
    title: { en: "Days from first symptoms to the MR", fr: "Jours entre les premiers symptômes et l'IRM" },
    unit: "d",
    accepts: { h: { factor: 1, divisor: 24 }, wk: { factor: 7 } },
    minimum: 0,
    maximum: 3650,
  },
  "lge-pattern": {
    kind: "choice",
    title: { en: "Late enhancement", fr: "Rehaussement tardif" },
    choices: {
      none: { en: "none", fr: "absent" },
      subendocardial: {
        en: "subendocardial, in a coronary territory",
        fr: "sous-endocardique, dans un territoire coronaire",
      },
      transmural: { en: "transmural, in a coronary territory", fr: "transmural, dans un territoire coronaire" },
      "mid-wall": { en: "mid-wall", fr: "intramural (médio-pariétal)" },
      subepicardial: { en: "subepicardial", fr: "sous-épicardique" },
      patchy: { en: "patchy, in no coronary territory", fr: "en plages, hors territoire coronaire" },
      other: { en: "another pattern", fr: "autre aspect" },
    },
  },
  "lge-3d-done": {
    kind: "boolean",
    title: {
      en: "High-resolution 3-D late enhancement was acquired",
      fr: "Rehaussement tardif 3D haute résolution réalisé",
    },
  },
  "t2-oedema-regional": {
    kind: "boolean",
    title: {
      en: "Regional oedema on T2-weighted images",
      fr: "Œdème régional sur les images pondérées T2",
    },
  },
  "t2-signal-ratio": {
    kind: "number",
    title: {
      en: "T2 signal of the myocardium over skeletal muscle",
      fr: "Rapport de signal T2 myocarde / muscle squelettique",
    },
    unit: "1",
    isUnitOptional: true,
    accepts: {},
    minimum: 0.1,
    maximum: 20,
  },
  "t2-mapping-raised": {
    kind: "boolean",
    title: {
      en: "Myocardial T2 raised on the map, against the site's own reference",
      fr: "T2 myocardique augmenté en cartographie, selon la référence du centre",
    },
  },
  "native-t1-raised": {
    kind: "boolean",
    title: {
      en: "Native T1 raised, against the site's own reference",
      fr: "T1 natif augmenté, selon la référence du centre",
    },
  },
  "ecv-raised": {
    kind: "boolean",
    title: {
      en: "Extracellular volume raised, against the site's own reference",
      fr: "Volume extracellulaire augmenté, selon la référence du centre",
    },
  },
  "t2-criterion": {
    kind: "boolean",
    title: { en: "T2-based Lake Louise criterion", fr: "Critère T2 de Lake Louise" },
  },
  "t1-criterion": {
    kind: "boolean",
    title: { en: "T1-based Lake Louise criterion", fr: "Critère T1 de Lake Louise" },
  },
  "oedema-distribution": {
    kind: "choice",
    title: { en: "Oedema lies", fr: "Siège de l'œdème" },
    choices: {
      none: { en: "nowhere", fr: "absent" },
      "coronary-territory": { en: "in a coronary territory", fr: "dans un territoire coronaire" },
      "non-coronary": { en: "in no coronary territory", fr: "hors territoire coronaire" },
      "with-ballooning": {
        en: "all round the segments that do not contract",
        fr: "circonférentiel, dans les segments akinétiques",
      },
    },
  },
  "wall-motion": {
    kind: "choice",
    title: { en: "Wall motion on cine images", fr: "Cinétique segmentaire sur les ciné" },
    choices: {
      normal: { en: "normal", fr: "normale" },
      "apical-ballooning": { en: "apical ballooning", fr: "ballonisation apicale" },
      "mid-or-basal-ballooning": {
        en: "mid-ventricular or basal ballooning",
        fr: "ballonisation médio-ventriculaire ou basale",
      },
      "coronary-territory": {
        en: "abnormal in one coronary territory",
        fr: "trouble dans un territoire coronaire",
      },
      other: { en: "abnormal otherwise", fr: "autre trouble" },
    },
  },
  "wall-motion-recovered": {
    kind: "boolean",
    title: { en: "Wall motion recovered at follow-up", fr: "Cinétique normalisée au contrôle" },
  },
  "pericarditis-signs": {
    kind: "boolean",
    title: {
      en: "Pericardial effusion or enhancement",
      fr: "Épanchement ou rehaussement péricardique",
    },
  },
  "lv-systolic-dysfunction": {
    kind: "boolean",
    title: {
      en: "LV systolic dysfunction, regional or global",
      fr: "Dysfonction systolique VG, segmentaire ou globale",
    },
  },
  "inducible-ischaemia": {
    kind: "boolean",
    title: { en: "Inducible ischaemia on stress MR", fr: "Ischémie inductible à l'IRM de stress" },
  },
  "known-infarction": {
    kind: "boolean",
    title: { en: "Myocardial infarction known before the MR", fr: "Infarctus du myocarde connu avant l'IRM" },
  },
} as const satisfies Readonly<Record<string, FactDefinition>>;

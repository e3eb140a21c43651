import type { FactDefinition } from "./fact-definition.ts";

/** Facts that cardiac MR and the desk of infarction without obstruction ask for; part of the one list. */
export const mrFactDefinitions = {
  "heart-rate": {
    kind: "number",
    title: { en: "Heart rate", fr: "Fréquence cardiaque" },
    code: { value: "8867-4", scheme: "LN", meaning: "Heart rate" },
    unit: "/min",
    accepts: { "{beats}/min": { factor: 1 }, Hz: { factor: 60 } },
    minimum: 20,
    maximum: 300,
  },
  haematocrit: {
    kind: "number",
    title: { en: "Haematocrit", fr: "Hématocrite" },
    code: { value: "20570-8", scheme: "LN", meaning: "Hematocrit" },
    unit: "%",
    accepts: { "1": { factor: 100 }, "L/L": { factor: 100 } },
    minimum: 10,
    maximum: 75,
  },
  "field-strength": {
    kind: "number",
    title: { en: "Magnetic field strength", fr: "Intensité du champ magnétique" },
    unit: "T",
    accepts: { mT: { factor: 1, divisor: 1000 } },
    minimum: 0.05,
    maximum: 12,
  },
  "coronary-stenosis-max": {
    kind: "number",
    title: { en: "Largest coronary stenosis known", fr: "Sténose coronaire maximale connue" },
    unit: "%",
    accepts: { "1": { factor: 100 } },
    minimum: 0,
    maximum: 100,
    note: {
      en: "Largest diameter stenosis of any coronary artery, by angiography or CT; 0 where none was seen.",
      fr: "Plus forte sténose en diamètre d'une artère coronaire, à la coronarographie ou au coroscanner ; 0 si aucune.",
    },
  },
  troponin: {
    kind: "number",
    title: { en: "Troponin, highest value", fr: "Troponine, valeur maximale" },
    unit: "ng/L",
    accepts: { "pg/mL": { factor: 1 }, "ng/mL": { factor: 1000 }, "ug/L": { factor: 1000 } },
    minimum: 0,
    // Seed 002 writes 1000 ng/ml, a million ng/L, where 1000 ng/L is meant.
    maximum: 999_999,
    note: {
      en: "Refused without its assay, since values of two assays do not compare, without a unit, and from 1000 ng/mL on: that is ng/L in the wrong unit.",
      fr: "Refusée sans sa méthode de dosage, car les valeurs de deux dosages ne se comparent pas, sans unité, et à partir de 1000 ng/mL : ce sont des ng/L dans une mauvaise unité.",
    },
  },
  "troponin-assay": {
    kind: "choice",
    title: { en: "Assay of the troponin", fr: "Dosage de la troponine" },
    choices: {
      "hs-troponin-t": { en: "high-sensitivity troponin T", fr: "troponine T hypersensible" },
      "hs-troponin-i": { en: "high-sensitivity troponin I", fr: "troponine I hypersensible" },
      "troponin-t": { en: "conventional troponin T", fr: "troponine T conventionnelle" },
      "troponin-i": { en: "conventional troponin I", fr: "troponine I conventionnelle" },
    },
  },
  "troponin-upper-limit": {
    kind: "number",
    title: {
      en: "99th percentile of the troponin assay",
      fr: "99e percentile du dosage de la troponine",
    },
    unit: "ng/L",
    accepts: { "pg/mL": { factor: 1 }, "ng/mL": { factor: 1000 }, "ug/L": { factor: 1000 } },
    minimum: 0.1,
    maximum: 10_000,
  },
} as const satisfies Readonly<Record<string, FactDefinition>>;

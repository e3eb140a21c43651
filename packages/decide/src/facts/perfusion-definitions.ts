import type { FactDefinition } from "./fact-definition.ts";

/** Myocardial blood flow, as UCUM writes it and the reference quotes it. */
const flow = {
  kind: "number",
  unit: "mL/min/g",
  accepts: { "mL/g/min": { factor: 1 }, "mL/min/(100.g)": { factor: 1, divisor: 100 } },
  minimum: 0,
  maximum: 20,
} as const;

/** What quantitative stress perfusion says of the whole ventricle; part of the one list. The measurement gives them. */
export const perfusionFactDefinitions = {
  "global-stress-mbf": {
    ...flow,
    title: {
      en: "Myocardial blood flow under stress, whole myocardium",
      fr: "Débit sanguin myocardique sous stress, myocarde entier",
    },
  },
  "lowest-territory-stress-mbf": {
    ...flow,
    title: {
      en: "Myocardial blood flow under stress, lowest coronary territory",
      fr: "Débit sanguin myocardique sous stress, territoire coronaire le plus bas",
    },
  },
  "highest-territory-stress-mbf": {
    ...flow,
    title: {
      en: "Myocardial blood flow under stress, highest coronary territory",
      fr: "Débit sanguin myocardique sous stress, territoire coronaire le plus haut",
    },
  },
  "global-perfusion-reserve": {
    kind: "number",
    title: {
      en: "Myocardial perfusion reserve, whole myocardium",
      fr: "Réserve de perfusion myocardique, myocarde entier",
    },
    unit: "1",
    isUnitOptional: true,
    accepts: {},
    minimum: 0,
    maximum: 20,
    note: {
      en: "Blood flow under stress over that at rest, both in mL/min/g; the index of upslopes (MPRI) is another number.",
      fr: "Débit sous stress sur débit au repos, tous deux en mL/min/g ; l'indice des pentes (MPRI) est un autre nombre.",
    },
  },
} as const satisfies Readonly<Record<string, FactDefinition>>;

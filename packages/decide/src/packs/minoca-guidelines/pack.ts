import { esc2020Nste, esc2023Acs, universalDefinition2018 } from "../../cardiac-mr-sources.ts";
import type { Condition } from "../../engine/condition.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Caveat, Pack, Rule } from "../../engine/rule.ts";

/** Diameter stenosis from which a coronary artery is obstructed. */
export const OBSTRUCTIVE_PERCENT = 50;

/** Coronary anatomy known, and no stenosis of 50 % or more in it: unknown anatomy is unknown here, never open. */
export const withoutObstruction: Condition = { fact: "coronary-stenosis-max", unit: "%", below: OBSTRUCTIVE_PERCENT };

const workingDiagnosis: Condition = {
  all: [withoutObstruction, { fact: "acute-infarction-criteria", is: true }, { fact: "obvious-cause", is: false }],
};

const anatomyByCt: Caveat = {
  when: { fact: "coronary-anatomy-source", is: "ct-angiography" },
  text: {
    en: "The anatomy is known from CT: the document speaks of angiography. Vessels that CT could not read are not known.",
    fr: "L'anatomie est connue par le coroscanner : le document parle de coronarographie. Les segments illisibles au scanner ne sont pas connus.",
  },
};

const cmrRecommended = constantCode({
  key: "recommendation",
  title: { en: "Recommendation", fr: "Recommandation" },
  code: "cardiac-mr",
  text: { en: "cardiac MR", fr: "IRM cardiaque" },
});

const definition: Rule = {
  ...constantCode({
    key: "workingDiagnosis",
    title: { en: "Working diagnosis", fr: "Diagnostic provisoire" },
    code: "minoca",
    text: {
      en: "infarction without obstructive coronary arteries (MINOCA), cause to be found",
      fr: "infarctus à coronaires non obstruées (MINOCA), cause à trouver",
    },
  }),
  id: "minoca-guidelines/working-diagnosis",
  title: { en: "Working diagnosis of MINOCA", fr: "Diagnostic provisoire de MINOCA" },
  statement: {
    en: "Criteria of acute infarction, no stenosis of 50 % or more in any major epicardial vessel, no other obvious cause. It is a diagnosis in progress, not a final one.",
    fr: "Critères d'infarctus aigu, aucune sténose d'au moins 50 % d'un vaisseau épicardique principal, aucune autre cause évidente. C'est un diagnostic en cours, non un diagnostic final.",
  },
  kind: "guideline",
  class: "none",
  level: "none",
  source: esc2020Nste,
  when: workingDiagnosis,
  caveats: [anatomyByCt],
};

const cmr2020: Rule = {
  ...cmrRecommended,
  id: "minoca-guidelines/cmr-2020",
  title: { en: "Cardiac MR in MINOCA (ESC 2020)", fr: "IRM cardiaque devant un MINOCA (ESC 2020)" },
  statement: {
    en: "Cardiac MR is recommended in all MINOCA patients without an obvious underlying cause.",
    fr: "L'IRM cardiaque est recommandée chez tous les patients avec MINOCA sans cause évidente.",
  },
  kind: "guideline",
  class: "I",
  level: "B",
  source: {
    ...esc2020Nste,
    verification: "public-source",
    confirmedIn: "seed 000 (Réalités Cardiologiques n° 357, November 2020): « classe IB »; the guideline was not read",
  },
  when: workingDiagnosis,
  caveats: [anatomyByCt],
};

const cmr2023: Rule = {
  ...cmrRecommended,
  id: "minoca-guidelines/cmr-2023",
  title: { en: "Cardiac MR in MINOCA (ESC 2023)", fr: "IRM cardiaque devant un MINOCA (ESC 2023)" },
  statement: {
    en: "With a working diagnosis of MINOCA, cardiac MR is recommended after invasive angiography if the final diagnosis is not clear.",
    fr: "Devant un diagnostic provisoire de MINOCA, l'IRM cardiaque est recommandée après la coronarographie si le diagnostic final n'est pas clair.",
  },
  kind: "guideline",
  class: "I",
  level: "B",
  source: esc2023Acs,
  when: workingDiagnosis,
  caveats: [anatomyByCt],
  note: {
    en: "The later edition, beside the one of 2020. Its wording, class and level are recalled; the reference collection does not hold them, and no public text with them was found on 2026-11-23.",
    fr: "L'édition suivante, à côté de celle de 2020. Texte, classe et niveau cités de mémoire ; la collection de référence ne les contient pas, et aucun texte public les donnant n'a été trouvé le 23/11/2026.",
  },
};

const algorithm2020: Rule = {
  ...constantCode({
    key: "recommendation",
    title: { en: "Recommendation", fr: "Recommandation" },
    code: "find-the-cause",
    text: {
      en: "follow a diagnostic algorithm to tell true MINOCA from other diagnoses",
      fr: "suivre un algorithme diagnostique pour distinguer un vrai MINOCA des autres diagnostics",
    },
  }),
  id: "minoca-guidelines/algorithm-2020",
  title: { en: "Find the cause (ESC 2020)", fr: "Chercher la cause (ESC 2020)" },
  statement: {
    en: "Echo or ventriculography, a second reading of the angiogram, intravascular imaging for rupture, erosion or dissection, cardiac MR, a test for spasm, thrombophilia and sources of emboli, as each is called for.",
    fr: "Échographie ou ventriculographie, relecture de la coronarographie, imagerie endocoronaire à la recherche de rupture, d'érosion ou de dissection, IRM cardiaque, test de spasme, thrombophilie et source d'embolie, selon le contexte.",
  },
  kind: "guideline",
  class: "I",
  level: "C",
  source: esc2020Nste,
  when: workingDiagnosis,
  note: {
    en: "The three diagnoses of the desk are not all there is: dissection, spasm, embolism and cardiomyopathies are others. Where the cause stays unknown, secondary prevention may be considered (recalled as IIb, C).",
    fr: "Les trois diagnostics comparés ne sont pas les seuls : dissection, spasme, embolie et cardiomyopathies en sont d'autres. Si la cause reste inconnue, une prévention secondaire peut être envisagée (de mémoire, IIb, C).",
  },
};

const troponin: Rule = {
  id: "minoca-guidelines/troponin",
  title: { en: "Troponin against its own assay", fr: "Troponine rapportée à son dosage" },
  statement: {
    en: "Injury is acute where a troponin rises or falls and one value at least is above the 99th percentile of its assay. One value alone says how far above, not whether it moves.",
    fr: "La souffrance est aiguë si la troponine monte ou descend et si au moins une valeur dépasse le 99e percentile de son dosage. Une seule valeur dit de combien elle dépasse, non si elle bouge.",
  },
  kind: "consensus",
  class: "none",
  level: "none",
  source: universalDefinition2018,
  when: { fact: "troponin", unit: "ng/L", atLeast: 0 },
  computation: {
    kind: "equation",
    needs: ["troponin", "troponin-upper-limit", "troponin-assay"],
    compute: (known) => {
      const ratio = known.number("troponin") / known.number("troponin-upper-limit");
      return { timesUpperLimit: ratio, isRaised: ratio > 1 };
    },
  },
  values: {
    timesUpperLimit: {
      title: { en: "Times the 99th percentile", fr: "Multiple du 99e percentile" },
      unit: "1",
      digits: 1,
    },
    isRaised: { title: { en: "Above the 99th percentile", fr: "Au-dessus du 99e percentile" } },
  },
};

/** What the guidelines ask for where an infarction has no obstructed artery. */
export const minocaGuidelines: Pack = {
  id: "minoca-guidelines",
  version: "1.0.0",
  title: {
    en: "Infarction without obstructed arteries: guidelines",
    fr: "Infarctus à coronaires non obstruées : recommandations",
  },
  scope: {
    en: "The working diagnosis of MINOCA and what the ESC of 2020 and, beside it, of 2023 recommend on it. Without known coronary anatomy every line is undetermined.",
    fr: "Le diagnostic provisoire de MINOCA et ce que l'ESC recommande en 2020 et, à côté, en 2023. Sans anatomie coronaire connue, chaque ligne est indéterminée.",
  },
  opensWith: ["coronary-stenosis-max", "troponin", "troponin-assay", "acute-infarction-criteria"],
  rules: [definition, cmr2020, cmr2023, algorithm2020, troponin],
};

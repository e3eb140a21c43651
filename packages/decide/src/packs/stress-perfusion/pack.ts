import type { Text } from "@etalon/base";
import { kotecha2019 } from "../../cardiac-mr-sources.ts";
import { constantCode } from "../../engine/constant-code.ts";
import type { Caveat, Pack, Rule } from "../../engine/rule.ts";
import { cutoffs, isBetween, isGlobal, isNormal, isRegional, isUnobstructed, needsAnatomy } from "./flow-conditions.ts";

const common = { kind: "expert-opinion", class: "none", level: "none", source: kotecha2019 } as const;
const title: Text = { en: "Pattern of stress flow", fr: "Profil du débit de stress" };

function says(code: string, text: Text): Pick<Rule, "computation" | "values"> {
  return constantCode({ key: "pattern", title, code, text });
}

const otherCutoff: Caveat = {
  when: { fact: "lowest-territory-stress-mbf", unit: "mL/min/g", atLeast: cutoffs.defect, below: cutoffs.vessel },
  text: {
    en: "The lowest territory lies below 1.94 mL/min/g, from which the same study calls an artery obstructed: one artery is not ruled out.",
    fr: "Le territoire le plus bas est sous 1,94 mL/min/g, seuil sous lequel la même étude dit l'artère obstruée : une atteinte d'une artère n'est pas exclue.",
  },
};

const anatomyOpen: Caveat = {
  when: { fact: "coronary-stenosis-max", given: false },
  text: {
    en: "Coronary anatomy is not known: balanced disease of three arteries lowers the whole ventricle in the same way.",
    fr: "L'anatomie coronaire est inconnue : une atteinte tritronculaire équilibrée abaisse tout le ventricule de la même façon.",
  },
};

const againstAnatomy: Caveat = {
  when: isUnobstructed,
  text: {
    en: "No stenosis of 50 % or more is known: scar, a dark rim or microvascular disease of one territory are to be looked for.",
    fr: "Aucune sténose d'au moins 50 % n'est connue : rechercher une cicatrice, un liseré sombre ou une atteinte microvasculaire d'un seul territoire.",
  },
};

const note: Text = {
  en: "1.82 mL/min/g for a defect, 1.94 for one artery, 2.25 for the whole ventricle, reserve normal above 2.0 to 2.5: recalled of one study with its own dual sequence and model; flow depends on both. How the cut-offs are put together where they overlap is our own rule.",
  fr: "1,82 mL/min/g pour un défaut, 1,94 pour une artère, 2,25 pour le ventricule entier, réserve normale au-dessus de 2,0 à 2,5 : cités de mémoire d'une seule étude, avec sa double séquence et son modèle, dont le débit dépend. La combinaison des seuils là où ils se recouvrent est une règle propre à Etalon.",
};

const regional: Rule = {
  ...common,
  ...says("obstructive", {
    en: "regional, in a coronary territory: suggests an obstructed artery",
    fr: "régional, dans un territoire coronaire : évoque une artère obstruée",
  }),
  id: "stress-perfusion/regional",
  title: { en: "Reduced in a coronary territory", fr: "Réduit dans un territoire coronaire" },
  statement: {
    en: "Stress flow is below 1.82 mL/min/g in one coronary territory at least and not in all, or in all and an artery is narrowed by 50 % or more: an obstructed artery is likelier than microvascular disease alone.",
    fr: "Le débit de stress est inférieur à 1,82 mL/min/g dans au moins un territoire coronaire et non dans tous, ou dans tous alors qu'une artère est rétrécie d'au moins 50 % : une artère obstruée est plus probable qu'une atteinte microvasculaire isolée.",
  },
  when: isRegional,
  caveats: [againstAnatomy],
  note,
};

const global: Rule = {
  ...common,
  ...says("microvascular", {
    en: "global, in no one territory: suggests microvascular dysfunction",
    fr: "global, sans territoire : évoque une dysfonction microvasculaire",
  }),
  id: "stress-perfusion/global",
  title: { en: "Reduced as a whole", fr: "Réduit dans son ensemble" },
  statement: {
    en: "Stress flow of the whole ventricle is below 2.25 mL/min/g without a territory below 1.82, or below 1.82 everywhere though no artery is narrowed by 50 %, and the reserve is not above 2.5: microvascular dysfunction is likelier than one obstructed artery.",
    fr: "Le débit de stress du ventricule entier est inférieur à 2,25 mL/min/g sans territoire sous 1,82, ou inférieur à 1,82 partout sans artère rétrécie de 50 %, et la réserve ne dépasse pas 2,5 : une dysfonction microvasculaire est plus probable qu'une artère obstruée.",
  },
  when: isGlobal,
  presumes: [
    {
      that: isUnobstructed,
      note: {
        en: "Microvascular dysfunction is said of arteries without a stenosis of 50 % or more.",
        fr: "On ne parle de dysfonction microvasculaire qu'en l'absence de sténose d'au moins 50 %.",
      },
    },
  ],
  caveats: [otherCutoff, anatomyOpen],
  note,
};

const normal: Rule = {
  ...common,
  ...says("normal", { en: "normal", fr: "normal" }),
  id: "stress-perfusion/normal",
  title: { en: "Normal stress flow and reserve", fr: "Débit de stress et réserve normaux" },
  statement: {
    en: "Stress flow is at least 2.25 mL/min/g as a whole and 1.94 in every territory, and the reserve at least 2.0: neither pattern is seen.",
    fr: "Le débit de stress est d'au moins 2,25 mL/min/g dans l'ensemble et 1,94 dans chaque territoire, et la réserve d'au moins 2,0 : aucun des deux profils n'est retrouvé.",
  },
  when: isNormal,
  note,
};

const between: Rule = {
  ...common,
  ...says("undetermined", {
    en: "undetermined: between the published cut-offs",
    fr: "indéterminé : entre les seuils publiés",
  }),
  id: "stress-perfusion/between",
  title: { en: "Between the cut-offs", fr: "Entre les seuils" },
  statement: {
    en: "The cut-offs leave these numbers open, or flow and reserve contradict each other: a high flow at rest lowers the reserve, and too little stress the flow. Nothing is concluded.",
    fr: "Les seuils laissent ces valeurs en suspens, ou débit et réserve se contredisent : un débit de repos élevé abaisse la réserve, un stress insuffisant abaisse le débit. Rien n'est conclu.",
  },
  when: isBetween,
  caveats: [otherCutoff],
  note,
};

const anatomy: Rule = {
  ...common,
  ...says("undetermined", {
    en: "undetermined: low everywhere, coronary anatomy not known",
    fr: "indéterminé : bas partout, anatomie coronaire inconnue",
  }),
  id: "stress-perfusion/low-everywhere",
  title: { en: "Low in every territory", fr: "Bas dans tous les territoires" },
  statement: {
    en: "Stress flow is below 1.82 mL/min/g in all three territories. Disease of three arteries and microvascular dysfunction look alike here: the coronary anatomy tells them apart.",
    fr: "Le débit de stress est inférieur à 1,82 mL/min/g dans les trois territoires. Une atteinte tritronculaire et une dysfonction microvasculaire se ressemblent ici : l'anatomie coronaire les départage.",
  },
  when: needsAnatomy,
  note,
};

/** Whether reduced stress flow looks like an obstructed artery or like microvascular dysfunction. */
export const stressPerfusion: Pack = {
  id: "stress-perfusion",
  version: "1.0.0",
  title: {
    en: "Stress perfusion: microvascular against obstructive",
    fr: "Perfusion de stress : microvasculaire ou obstructif",
  },
  scope: {
    en: "Reads quantitative flow (mL/min/g) of the three coronary territories and of the whole ventricle, and the reserve; upslopes cannot show microvascular disease and are not read. No cut-off was verified. A pattern suggests; it does not diagnose.",
    fr: "Lit le débit quantitatif (mL/min/g) des trois territoires coronaires et du ventricule entier, et la réserve ; les pentes ne montrent pas l'atteinte microvasculaire et ne sont pas lues. Aucun seuil n'a été vérifié. Un profil évoque, il ne fait pas le diagnostic.",
  },
  opensWith: ["global-stress-mbf", "lowest-territory-stress-mbf"],
  rules: [regional, global, normal, between, anatomy],
};

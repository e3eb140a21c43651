import type { Text } from "@etalon/base";

/** A sentence for each quality code of first-pass perfusion; part of the one list. */
export const perfusionQualitySentences: Readonly<Record<string, Text>> = {
  "mbf-model": {
    en: "blood flow by a Fermi function, part of the curves: {window}, signal: {signal}",
    fr: "débit sanguin par une fonction de Fermi, partie des courbes : {window}, signal : {signal}",
  },
  "perfusion-input": {
    en: "{state}: arterial input from {from} ({voxels} voxels), {images} images every {meanStepS} s; arrival at {arrivalS} s, peak {peak} at {peakS} s",
    fr: "{state} : entrée artérielle tirée de {from} ({voxels} voxels), {images} images toutes les {meanStepS} s ; arrivée à {arrivalS} s, pic {peak} à {peakS} s",
  },
  "perfusion-input-saturated": {
    en: "{state}: {points} points of the arterial input are saturated: flow is overestimated",
    fr: "{state} : {points} points de l'entrée artérielle sont saturés : le débit est surestimé",
  },
  "mbf-voxels": {
    en: "{state}: voxels with a flow {fitted}, each from {points} images; without signal {noSignal}, not enhanced {notEnhanced}, no such curve {noCurve}, not converged {notConverged}, above the largest flow {aboveLargest}, blood {blood}, poor fit {poorFit}",
    fr: "{state} : voxels ayant un débit {fitted}, sur {points} images chacun ; sans signal {noSignal}, non rehaussés {notEnhanced}, courbe inadaptée {noCurve}, non convergés {notConverged}, au-delà du débit maximal {aboveLargest}, sang {blood}, ajustement insuffisant {poorFit}",
  },
  "mbf-no-myocardium": {
    en: "{state}: no myocardium is drawn: the numbers are of every voxel that has a flow",
    fr: "{state} : aucun myocarde n'est tracé : les valeurs sont celles de tous les voxels ayant un débit",
  },
  "mbf-cutoffs-not-verified": {
    en: "published cut-offs of stress flow ({ischaemicBelow} mL/min/g and others) depend on sequence and model and were not verified: the measurement concludes nothing from them; the rules on stress perfusion do, and say so",
    fr: "les seuils publiés du débit sous stress ({ischaemicBelow} mL/min/g et autres) dépendent de la séquence et du modèle et n'ont pas été vérifiés : la mesure n'en conclut rien ; les règles sur la perfusion de stress le font, et le disent",
  },
  "perfusion-dark-rim": {
    en: "a dark rim at the endocardium that is shorter than the first pass, or only where the blood is brightest, is an artefact and no defect",
    fr: "un liseré sombre sous-endocardique plus bref que le premier passage, ou présent seulement au pic de signal du sang, est un artéfact et non un défaut",
  },
  "mpri-limits": {
    en: "upslopes are semi-quantitative: a balanced or microvascular disease can leave them unchanged",
    fr: "les pentes sont semi-quantitatives : une atteinte équilibrée ou microvasculaire peut les laisser inchangées",
  },
};

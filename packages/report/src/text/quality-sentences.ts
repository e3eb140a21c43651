import type { Text } from "@etalon/base";
import { mapQualitySentences } from "./map-quality-sentences.ts";
import { mrQualitySentences } from "./mr-quality-sentences.ts";
import { noteSentences } from "./note-sentences.ts";
import { perfusionQualitySentences } from "./perfusion-quality-sentences.ts";

/** A sentence for each quality code of every protocol, its `{name}` filled from the note's details. */
export const qualitySentences: Readonly<Record<string, Text>> = {
  "no-marks": {
    en: "no reader has marked the lesions: every proposed one is counted",
    fr: "aucun lecteur n'a désigné les lésions : toutes celles proposées sont comptées",
  },
  "heart-not-located": {
    en: "the heart was not found between the lungs: all that is not bone is proposed, a score without marks means nothing",
    fr: "le cœur n'a pas été situé entre les poumons : tout ce qui n'est pas de l'os est proposé, un score sans marques ne veut rien dire",
  },
  "body-cut-by-field": {
    en: "the images do not hold the whole width of the body: what is proposed may be wrong",
    fr: "les images ne contiennent pas toute la largeur du corps : les propositions peuvent être fausses",
  },
  "candidates-not-assigned": {
    en: "{lesions} proposed lesions ({agatstonScore} AU) are in no region of the marks; with them the category would be another",
    fr: "{lesions} lésions proposées ({agatstonScore} UA) ne sont dans aucune région des marques ; avec elles la catégorie changerait",
  },
  "region-outside-images": {
    en: "region {region} of the marks lies outside the images (positions are LPS, mm)",
    fr: "la région {region} des marques est hors des images (positions en LPS, mm)",
  },
  "short-coverage": {
    en: "the slices cover {coverageMm} mm, less than a whole heart",
    fr: "les coupes couvrent {coverageMm} mm, moins qu'un cœur entier",
  },
  "region-without-calcium": {
    en: "region {region} of the marks holds no calcium",
    fr: "la région {region} des marques ne contient pas de calcium",
  },
  "contrast-overridden": {
    en: "contrast agent was allowed by override: {reason}",
    fr: "produit de contraste accepté par dérogation : {reason}",
  },
  "mass-not-calibrated": {
    en: "no mass: it needs the scanner's calibration",
    fr: "pas de masse : il faut l'étalonnage du scanner",
  },
  "sharp-kernel": {
    en: "sharp reconstruction kernel ({kernels}): noise raises the score",
    fr: "noyau de reconstruction dur ({kernels}) : le bruit augmente le score",
  },
  "thin-slices-averaged": {
    en: "slices of {thicknessMm} mm every {incrementMm} mm were averaged to {slabMm} mm before scoring",
    fr: "coupes de {thicknessMm} mm tous les {incrementMm} mm moyennées à {slabMm} mm avant le score",
  },
  "thick-slices": {
    en: "slices of {thicknessMm} mm are thicker than the 3 mm of the score's definition",
    fr: "coupes de {thicknessMm} mm, plus épaisses que les 3 mm de la définition du score",
  },
  "overlapping-slices": {
    en: "slices of {thicknessMm} mm every {incrementMm} mm overlap",
    fr: "coupes de {thicknessMm} mm tous les {incrementMm} mm : elles se chevauchent",
  },
  "gaps-between-slices": {
    en: "slices of {thicknessMm} mm every {incrementMm} mm leave gaps",
    fr: "coupes de {thicknessMm} mm tous les {incrementMm} mm : elles laissent des vides",
  },
  "mixed-thickness": {
    en: "slices of several thicknesses: {thicknessesMm} mm",
    fr: "coupes de plusieurs épaisseurs : {thicknessesMm} mm",
  },
  "tube-voltage-unknown": {
    en: "the tube voltage is not known; the thresholds are those of 120 kV",
    fr: "tension du tube inconnue ; les seuils sont ceux de 120 kV",
  },
  "tube-voltage-not-120": {
    en: "tube voltage {tubeVoltageKv} kV: the score is defined at 120 kV",
    fr: "tension du tube {tubeVoltageKv} kV : le score est défini à 120 kV",
  },
  "no-thresholds-for-tube-voltage": {
    en: "no thresholds are published for {tubeVoltageKv} kV: those of 120 kV were used",
    fr: "aucun seuil n'est publié pour {tubeVoltageKv} kV : ceux de 120 kV ont servi",
  },
  "tube-voltage-overridden": {
    en: "tube voltage {used} kV by override; the images say {header} kV",
    fr: "tension du tube {used} kV par dérogation ; les images disent {header} kV",
  },
  "mixed-tube-voltage": {
    en: "images of several tube voltages: {tubeVoltagesKv} kV",
    fr: "images de plusieurs tensions du tube : {tubeVoltagesKv} kV",
  },
  ...mrQualitySentences,
  ...mapQualitySentences,
  ...perfusionQualitySentences,
  ...noteSentences,
};

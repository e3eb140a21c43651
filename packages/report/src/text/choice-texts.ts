import type { Text } from "@etalon/base";

/** Choices of method by parameter, as a reader understands them; a test compares them with the protocols. */
const CHOICES: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  "minimum-area": {
    "1-mm2": { en: "1 mm²", fr: "1 mm²" },
    "3-pixels": { en: "3 pixels", fr: "3 pixels" },
    "4-pixels": { en: "4 pixels", fr: "4 pixels" },
  },
  connectivity: {
    "4": { en: "4, sharing a side", fr: "4, par un côté" },
    "8": { en: "8, sharing a side or a corner", fr: "8, par un côté ou un coin" },
  },
  "peak-of": {
    "slice-lesion": { en: "the lesion in each slice", fr: "la lésion dans chaque coupe" },
    "whole-lesion": { en: "the whole lesion", fr: "la lésion entière" },
  },
  "slice-normalisation": {
    increment: { en: "yes", fr: "oui" },
    none: { en: "no", fr: "non" },
  },
  "thickness-handling": {
    "average-thin": { en: "averaged first", fr: "moyennées d'abord" },
    "as-acquired": { en: "as acquired", fr: "telles quelles" },
  },
  "end-slices": {
    whole: { en: "counted whole", fr: "comptées entières" },
    half: { en: "counted half", fr: "comptées pour moitié" },
    "without-basal": { en: "basal slice left out", fr: "sans la coupe basale" },
  },
  method: {
    drawn: { en: "as drawn", fr: "tel que tracé" },
    "n-sd": { en: "remote mean plus standard deviations", fr: "moyenne du myocarde sain plus écarts-types" },
    "sd-2": { en: "2 standard deviations", fr: "2 écarts-types" },
    "sd-3": { en: "3 standard deviations", fr: "3 écarts-types" },
    "sd-4": { en: "4 standard deviations", fr: "4 écarts-types" },
    "sd-5": { en: "5 standard deviations", fr: "5 écarts-types" },
    "sd-6": { en: "6 standard deviations", fr: "6 écarts-types" },
    fwhm: { en: "half maximum", fr: "mi-hauteur" },
    "fwhm-remote": { en: "half-way from remote to maximum", fr: "mi-chemin du myocarde sain au maximum" },
    otsu: { en: "Otsu", fr: "seuil d'Otsu" },
  },
  "checked-by": {
    lesion: { en: "lesion (necrosis)", fr: "lésion (nécrose)" },
    oedema: { en: "oedema", fr: "œdème" },
  },
  "scar-before": {
    included: { en: "included", fr: "inclus" },
    "left-out": { en: "left out", fr: "exclu" },
  },
  "ratio-of": {
    mean: { en: "mean", fr: "moyenne" },
    median: { en: "median", fr: "médiane" },
  },
  "coil-correction": {
    "not-stated": { en: "not stated", fr: "non précisée" },
    "body-coil": { en: "body coil", fr: "antenne corps" },
    "surface-coil-corrected": { en: "surface coil, corrected", fr: "antenne de surface, corrigée" },
    "surface-coil-uncorrected": { en: "surface coil, uncorrected", fr: "antenne de surface, non corrigée" },
  },
  model: {
    "by-images": { en: "as the images say", fr: "selon les images" },
    "inversion-recovery": { en: "inversion recovery", fr: "inversion-récupération" },
    molli: { en: "MOLLI, Look-Locker corrected", fr: "MOLLI, correction de Look-Locker" },
    "sasha-2": { en: "SASHA, 2 parameters", fr: "SASHA, 2 paramètres" },
    "sasha-3": { en: "SASHA, 3 parameters", fr: "SASHA, 3 paramètres" },
    vfa: { en: "variable flip angles, nonlinear", fr: "angles de bascule variables, non linéaire" },
    "vfa-linear": { en: "variable flip angles, linear", fr: "angles de bascule variables, linéaire" },
    mono: { en: "one exponential", fr: "mono-exponentiel" },
    offset: { en: "exponential with offset", fr: "exponentiel avec décalage" },
    truncation: { en: "exponential, late echoes cut off", fr: "exponentiel, échos tardifs tronqués" },
  },
  state: {
    rest: { en: "rest", fr: "repos" },
    stress: { en: "stress", fr: "sous stress" },
  },
  "haematocrit-from": {
    given: { en: "as given", fr: "fourni" },
    "native-blood": { en: "synthetic, from native blood", fr: "synthétique, d'après le sang natif" },
  },
  timing: {
    late: { en: "late", fr: "tardif" },
    early: { en: "early", fr: "précoce" },
  },
  "papillary-muscles": {
    "not-stated": { en: "not stated", fr: "non précisé" },
    "in-blood-pool": { en: "in the blood pool", fr: "dans la cavité" },
    "in-myocardium": { en: "in the myocardium", fr: "dans le myocarde" },
  },
  "body-surface-formula": {
    mosteller: { en: "Mosteller", fr: "formule de Mosteller" },
    dubois: { en: "Du Bois", fr: "formule de Du Bois" },
  },
  "nifti-spacing": {
    affine: { en: "as the affine says", fr: "selon l'affine" },
    pixdim: { en: "as pixdim says", fr: "selon pixdim" },
  },
  "tube-voltage-thresholds": {
    "as-at-120": { en: "as at 120 kV", fr: "ceux de 120 kV" },
    "grani-2018": { en: "Gräni 2018, by tube voltage", fr: "Gräni 2018, selon la tension" },
  },
};

/** A choice in words; one without words is shown as its code. */
export function choiceText(parameter: string, choice: string): Text {
  const texts = Object.hasOwn(CHOICES, parameter) ? CHOICES[parameter] : undefined;
  return (
    (texts !== undefined && Object.hasOwn(texts, choice) ? texts[choice] : undefined) ?? { en: choice, fr: choice }
  );
}

import type { Text } from "@etalon/base";
import type { LedgerNote } from "@etalon/volume";

/** A sentence for each note of the ledger, its `{name}` filled from the note's details. */
export const noteSentences: Readonly<Record<LedgerNote["code"], Text>> = {
  "identical-copy-dropped": {
    en: "identical copy left aside: {path} is {sameAs}",
    fr: "copie identique laissée de côté : {path} est {sameAs}",
  },
  "undecided-version": {
    en: "different images share the UID {sopInstanceUid}; none counts until one is chosen: {dataSetSha256}",
    fr: "des images différentes portent l'UID {sopInstanceUid} ; aucune ne compte tant que l'une n'est pas choisie : {dataSetSha256}",
  },
  "version-chosen": {
    en: "of several images with the UID {sopInstanceUid}, {dataSetSha256} was chosen",
    fr: "de plusieurs images portant l'UID {sopInstanceUid}, {dataSetSha256} a été choisie",
  },
  "duplicate-position": {
    en: "several images lie at one position and nothing tells them apart",
    fr: "plusieurs images à la même position, que rien ne distingue",
  },
  "missing-slices": {
    en: "slices missing: {count}, at {positionsMm} mm",
    fr: "coupes manquantes : {count}, à {positionsMm} mm",
  },
  "variable-spacing": {
    en: "slices are not evenly spaced: {minMm} to {maxMm} mm, mostly {medianMm} mm",
    fr: "coupes irrégulièrement espacées : de {minMm} à {maxMm} mm, le plus souvent {medianMm} mm",
  },
  "gantry-tilt": {
    en: "the gantry was tilted: each slice is shifted by {shearMmPerMm} mm per mm",
    fr: "statif incliné : chaque coupe est décalée de {shearMmPerMm} mm par mm",
  },
  "mixed-orientation": {
    en: "the series holds several orientations, sorted into {stacks} stacks",
    fr: "la série contient plusieurs orientations, triées en {stacks} piles",
  },
  "split-by-acquisition": {
    en: "the series holds several acquisitions, sorted apart; this one has the numbers {acquisitionNumbers}",
    fr: "la série contient plusieurs acquisitions, séparées ; celle-ci porte les numéros {acquisitionNumbers}",
  },
  "split-by-geometry": {
    en: "the series holds images of different geometry, sorted apart ({differs})",
    fr: "la série contient des images de géométries différentes, séparées ({differs})",
  },
  "split-by-image-type": {
    en: "the series holds images of several types, sorted apart; these are {imageType}",
    fr: "la série contient des images de plusieurs types, séparées ; celles-ci sont {imageType}",
  },
  "axis-found": {
    en: "besides space the images vary along: {axes}",
    fr: "outre l'espace, les images varient selon : {axes}",
  },
  "phases-in-trigger-order": {
    en: "trigger times differ from slice to slice: the {phases} phases of each slice were counted in the order of their own",
    fr: "temps de déclenchement différents d'une coupe à l'autre : les {phases} phases de chaque coupe sont comptées dans leur ordre propre",
  },
  "frame-of-reference-ignored": {
    en: "each of the {images} images has a frame of reference of its own, which no scanner writes: positions were compared all the same",
    fr: "chacune des {images} images a son propre cadre de référence, ce qu'aucun appareil n'écrit : les positions ont été comparées malgré tout",
  },
  "spacing-from-pixdim": {
    en: "the file's affine says voxels of {affineMm} mm; its pixdim, {pixdimMm} mm, was taken, as asked",
    fr: "l'affine du fichier donne des voxels de {affineMm} mm ; son pixdim, {pixdimMm} mm, a été retenu, comme demandé",
  },
  "side-file-read": {
    en: "times and angles from the side file {sideFile}, seconds converted to milliseconds: {said}",
    fr: "temps et angles lus dans le fichier annexe {sideFile}, secondes converties en millisecondes : {said}",
  },
  "variable-thickness": {
    en: "slice thickness varies from {minMm} to {maxMm} mm",
    fr: "l'épaisseur de coupe varie de {minMm} à {maxMm} mm",
  },
  "frames-without-geometry": {
    en: "frames without a position were left aside in {path}",
    fr: "images sans position laissées de côté dans {path}",
  },
  "truncated-pixel-data": {
    en: "the pixels end too early in {path}",
    fr: "les pixels s'arrêtent trop tôt dans {path}",
  },
};

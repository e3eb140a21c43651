import type { Text } from "@etalon/base";

/** A sentence for each quality code of the parametric maps; part of the one list. */
export const mapQualitySentences: Readonly<Record<string, Text>> = {
  "t1-model-asked": {
    en: "T1 fitted as {model}: as asked for",
    fr: "T1 ajusté selon le modèle {model} : comme demandé",
  },
  "t1-model-flip-angles-vary": {
    en: "T1 fitted as {model}: the flip angles vary",
    fr: "T1 ajusté selon le modèle {model} : les angles de bascule varient",
  },
  "t1-model-series-name": {
    en: "T1 fitted as {model}: as the series' name says",
    fr: "T1 ajusté selon le modèle {model} : d'après le nom de la série",
  },
  "t1-model-low-flip-angle": {
    en: "T1 fitted as {model}: the images were read with a low flip angle, which drives the recovery",
    fr: "T1 ajusté selon le modèle {model} : images lues avec un petit angle de bascule, qui modifie la récupération",
  },
  "t1-model-spin-echo": {
    en: "T1 fitted as {model}: the images were read with 90 degrees, as a spin echo",
    fr: "T1 ajusté selon le modèle {model} : images lues à 90 degrés, en écho de spin",
  },
  "t1-model-nothing-said": {
    en: "nothing in the images says how T1 was encoded: taken as {model}; --set model=… says otherwise",
    fr: "rien dans les images ne dit comment le T1 a été codé : modèle {model} supposé ; --set model=… pour en changer",
  },
  "t1-under-stress": {
    en: "T1 under stress: the map is given and nothing is concluded from it. The two papers that claimed a diagnosis (J Am Coll Cardiol 2018;71:957-968 and 969-979) and an editorial were retracted in 2020 for fabricated data",
    fr: "T1 sous stress : la carte est fournie, aucune conclusion n'en est tirée. Les deux articles qui en faisaient un diagnostic (J Am Coll Cardiol 2018;71:957-968 et 969-979) et un éditorial ont été rétractés en 2020 pour falsification des données",
  },
  "t2star-model": {
    en: "T2* fitted as {model}",
    fr: "T2* ajusté selon le modèle {model}",
  },
  "t2-model": {
    en: "T2 fitted as {model}",
    fr: "T2 ajusté selon le modèle {model}",
  },
  "truncation-without-noise": {
    en: "the noise is not known: no echo was cut off",
    fr: "bruit inconnu : aucun écho n'a été tronqué",
  },
  "iron-category-refused": {
    en: "no iron category: the published cuts hold at {validAtT} T, these images were taken at {fieldStrengthT} T",
    fr: "pas de classe de surcharge en fer : les seuils publiés valent à {validAtT} T, ces images sont à {fieldStrengthT} T",
  },
  "iron-category-field-unknown": {
    en: "no iron category: the images do not say their field strength; --value field-strength=1.5T does",
    fr: "pas de classe de surcharge en fer : les images ne disent pas le champ magnétique ; --value field-strength=1.5T le précise",
  },
  "iron-normal": {
    en: "myocardial iron by T2* ({site}, {t2starMs} ms): no overload (cuts of Anderson 2001 at 1.5 T, mid septum)",
    fr: "fer myocardique d'après le T2* ({site}, {t2starMs} ms) : pas de surcharge (seuils d'Anderson 2001 à 1,5 T, septum moyen)",
  },
  "iron-mild": {
    en: "myocardial iron by T2* ({site}, {t2starMs} ms): mild overload (cuts of Anderson 2001 at 1.5 T, mid septum)",
    fr: "fer myocardique d'après le T2* ({site}, {t2starMs} ms) : surcharge minime (seuils d'Anderson 2001 à 1,5 T, septum moyen)",
  },
  "iron-moderate": {
    en: "myocardial iron by T2* ({site}, {t2starMs} ms): moderate overload (cuts of Anderson 2001 at 1.5 T, mid septum)",
    fr: "fer myocardique d'après le T2* ({site}, {t2starMs} ms) : surcharge modérée (seuils d'Anderson 2001 à 1,5 T, septum moyen)",
  },
  "iron-severe": {
    en: "myocardial iron by T2* ({site}, {t2starMs} ms): SEVERE overload (cuts of Anderson 2001 at 1.5 T, mid septum)",
    fr: "fer myocardique d'après le T2* ({site}, {t2starMs} ms) : surcharge SÉVÈRE (seuils d'Anderson 2001 à 1,5 T, septum moyen)",
  },
  "synthetic-haematocrit": {
    en: "SYNTHETIC haematocrit {haematocrit}, from the native T1 of blood ({bloodMs} ms, 1.5 T): the calibration is that of one centre; a measured haematocrit is needed for a report",
    fr: "hématocrite SYNTHÉTIQUE {haematocrit}, tiré du T1 natif du sang ({bloodMs} ms, 1,5 T) : étalonnage d'un seul centre ; un hématocrite mesuré est nécessaire pour un compte rendu",
  },
  "haematocrit-used": {
    en: "haematocrit {haematocrit}, as given",
    fr: "hématocrite {haematocrit}, tel que fourni",
  },
  "regions-of-native": {
    en: "the regions drawn on the native map were used on the map after contrast: check that the patient did not move",
    fr: "régions tracées sur la carte native et reprises après injection : vérifier l'absence de mouvement",
  },
  "maps-not-on-one-grid": {
    en: "the two maps lie on different grids: no map of the extracellular volume, only the regions",
    fr: "les deux cartes ne sont pas sur la même grille : pas de carte du volume extracellulaire, seulement les régions",
  },
  "ecv-blood": {
    en: "T1 of blood {nativeMs} ms before and {postMs} ms after contrast, means of {nativeVoxels} and {postVoxels} voxels",
    fr: "T1 du sang {nativeMs} ms avant et {postMs} ms après injection, moyennes de {nativeVoxels} et {postVoxels} voxels",
  },
  "images-moved": {
    en: "{moved} slices of images were moved onto the reference before the fit, by at most {farthestMm} mm, by transforms recorded with the marks ({by})",
    fr: "{moved} coupes d'images déplacées sur la référence avant l'ajustement, de {farthestMm} mm au plus, par des transformations enregistrées avec les marques ({by})",
  },
  "map-weightings": {
    en: "fitted to {images} images, {attribute} {weightings} {unit}",
    fr: "ajustement sur {images} images, {attribute} {weightings} {unit}",
  },
  "map-weightings-per-slice": {
    en: "each slice was fitted with its own times",
    fr: "chaque coupe a été ajustée avec ses propres temps",
  },
  "map-weighted-by-trigger": {
    en: "the images do not say inversion times that differ: their trigger times were taken instead",
    fr: "les images ne donnent pas de temps d'inversion distincts : leurs temps de déclenchement ont été pris à la place",
  },
  "map-negative-signal": {
    en: "the images hold negative values: magnitudes were taken, and the polarity restored where the model has one",
    fr: "les images contiennent des valeurs négatives : leur module a été pris, et la polarité restaurée si le modèle en a une",
  },
  "map-noise": {
    en: "noise {noise} (standard deviation); voxels below {minimumSnr} times the noise, {lowestSignal}, have no value",
    fr: "bruit {noise} (écart-type) ; les voxels sous {minimumSnr} fois le bruit, {lowestSignal}, n'ont pas de valeur",
  },
  "map-noise-unknown": {
    en: "the background was cut away: the noise is not known, and every voxel with signal was fitted",
    fr: "fond supprimé : bruit inconnu, tous les voxels ayant du signal ont été ajustés",
  },
  "map-voxels": {
    en: "voxels with a value: {fitted}; without signal {noSignal}, too noisy {belowSnr}, no such curve {noCurve}, not converged {notConverged}, out of range {outOfRange}, too few images {tooFewImages}",
    fr: "voxels ayant une valeur : {fitted} ; sans signal {noSignal}, trop bruités {belowSnr}, courbe inadaptée {noCurve}, non convergés {notConverged}, hors limites {outOfRange}, trop peu d'images {tooFewImages}",
  },
  "times-from-side-file": {
    en: "times and angles from {files} side files, seconds converted to milliseconds",
    fr: "temps et angles lus dans {files} fichiers annexes, secondes converties en millisecondes",
  },
  "single-slice-as-mid": {
    en: "a single slice: taken as mid-ventricular",
    fr: "une seule coupe : considérée comme médioventriculaire",
  },
};

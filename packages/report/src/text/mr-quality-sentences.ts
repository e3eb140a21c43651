import type { Text } from "@etalon/base";

/** A sentence for each quality code of the protocols of cardiac MR; part of the one list. */
export const mrQualitySentences: Readonly<Record<string, Text>> = {
  "blood-pool-proposed": {
    en: "the blood pool of the left ventricle was proposed by the program from one click ({phases}); a reader must confirm or redraw it",
    fr: "la cavité ventriculaire gauche a été proposée par le programme à partir d'un clic ({phases}) ; un lecteur doit la valider ou la retracer",
  },
  "myocardium-not-drawn": {
    en: "the myocardium was not drawn at end-diastole: no mass",
    fr: "le myocarde n'a pas été tracé en télédiastole : pas de masse",
  },
  "partial-stack": {
    en: "partial stack: only the {pairedLevels} levels that both phases have an image of are counted; left out: {unpaired}",
    fr: "pile incomplète : seuls les {pairedLevels} niveaux présents aux deux phases sont comptés ; laissés de côté : {unpaired}",
  },
  "level-not-drawn": {
    en: "no blood pool is drawn in slices between drawn ones, at {positionsMm} mm: their volume is missing",
    fr: "aucune cavité tracée sur des coupes situées entre des coupes tracées, à {positionsMm} mm : leur volume manque",
  },
  "ventricle-at-stack-end": {
    en: "the ventricle is drawn on the first or last slice: base or apex may lie outside the images",
    fr: "le ventricule est tracé sur la première ou la dernière coupe : la base ou l'apex peuvent être hors des images",
  },
  "uneven-slices": {
    en: "the slices are not evenly spaced: increments of {minMm} to {maxMm} mm, each slice counted with its own",
    fr: "coupes irrégulièrement espacées : incréments de {minMm} à {maxMm} mm, chaque coupe comptée avec le sien",
  },
  "summation-of-discs": {
    en: "summation of discs, area times slice increment: {diastolicLevels} levels at end-diastole, {systolicLevels} at end-systole; base and apex counted as drawn",
    fr: "sommation des disques, aire par incrément de coupe : {diastolicLevels} niveaux en télédiastole, {systolicLevels} en télésystole ; base et apex comptés tels que tracés",
  },
  "papillary-muscles-not-stated": {
    en: "whether the papillary muscles are in the blood pool was not stated: normal values depend on it",
    fr: "la convention pour les piliers (inclus ou non dans la cavité) n'est pas précisée : les valeurs normales en dépendent",
  },
  "body-size-not-given": {
    en: "height and weight were not given: nothing is indexed",
    fr: "taille et poids non fournis : rien n'est indexé",
  },
  "stroke-volumes-of-both": {
    en: "stroke volumes: left {leftMl} mL, right {rightMl} mL; without shunt or regurgitation they should agree",
    fr: "volumes d'éjection : gauche {leftMl} mL, droit {rightMl} mL ; sans shunt ni fuite ils devraient concorder",
  },
  "remote-drawn": {
    en: "remote myocardium as drawn: {voxels} voxels, mean signal {mean}, standard deviation {sd}",
    fr: "myocarde sain tel que tracé : {voxels} voxels, signal moyen {mean}, écart-type {sd}",
  },
  "remote-darkest-sector": {
    en: "remote myocardium not drawn: the darkest sector was taken, {voxels} voxels, mean signal {mean}, standard deviation {sd}",
    fr: "myocarde sain non tracé : le secteur le plus sombre a été retenu, {voxels} voxels, signal moyen {mean}, écart-type {sd}",
  },
  "enhancement-by-threshold": {
    en: "enhancement by threshold ({method}): signal of {threshold} and above; no-reflow as drawn",
    fr: "rehaussement par seuil ({method}) : signal à partir de {threshold} ; no-reflow tel que tracé",
  },
  "methods-beside-drawing": {
    en: "beside the drawing: 5 standard deviations {fiveSdPoints} points, half maximum {fwhmPoints} points of the percentage apart",
    fr: "à côté du tracé : 5 écarts-types à {fiveSdPoints} points, mi-hauteur à {fwhmPoints} points de pourcentage d'écart",
  },
  "second-acquisition-adds": {
    en: "the second acquisition shows enhancement in segments {segments} that the standard one does not (from {enhancedFrom} % of a segment on)",
    fr: "la seconde acquisition montre un rehaussement des segments {segments} que l'acquisition standard ne montre pas (à partir de {enhancedFrom} % d'un segment)",
  },
  "second-acquisition-adds-nothing": {
    en: "the second acquisition shows enhancement in no segment that is not enhanced on the standard one (from {enhancedFrom} % of a segment on)",
    fr: "la seconde acquisition ne montre de rehaussement dans aucun segment qui n'en ait sur l'acquisition standard (à partir de {enhancedFrom} % d'un segment)",
  },
  "second-acquisition-lacks": {
    en: "segments {segments} are enhanced on the standard acquisition and not on the second (from {enhancedFrom} % of a segment on)",
    fr: "les segments {segments} sont rehaussés sur l'acquisition standard et non sur la seconde (à partir de {enhancedFrom} % d'un segment)",
  },
  "second-acquisition-no-segments": {
    en: "the anterior insertion of the right ventricle is not marked on both acquisitions: only their totals are compared",
    fr: "l'insertion antérieure du ventricule droit n'est pas marquée sur les deux acquisitions : seuls leurs totaux sont comparés",
  },
  "second-acquisition-pattern": {
    en: "on the second acquisition the enhancement reaches the endocardium in {endocardialPercent} % of the chords",
    fr: "sur la seconde acquisition, le rehaussement atteint l'endocarde sur {endocardialPercent} % des rayons",
  },
  "signal-has-offset": {
    en: "remote myocardium ({remoteMean}) lies above half of the maximum: the images are stored with an offset, as phase-sensitive ones are, and the classic half maximum means nothing on them",
    fr: "le myocarde sain ({remoteMean}) dépasse la moitié du maximum : images enregistrées avec un décalage, comme en PSIR, où la mi-hauteur classique ne veut rien dire",
  },
  "global-oedema-by-ratio": {
    en: "ratio to skeletal muscle {ratio}: global oedema ({cutOff} and above, {edition})",
    fr: "rapport au muscle squelettique {ratio} : œdème global (à partir de {cutOff}, {edition})",
  },
  "no-global-oedema-by-ratio": {
    en: "ratio to skeletal muscle {ratio}: no global oedema (below {cutOff}, {edition}); regional oedema is not excluded",
    fr: "rapport au muscle squelettique {ratio} : pas d'œdème global (moins de {cutOff}, {edition}) ; un œdème régional n'est pas exclu",
  },
  "little-muscle": {
    en: "only {voxels} voxels of skeletal muscle are drawn: the ratio rests on few",
    fr: "seulement {voxels} voxels de muscle squelettique tracés : le rapport repose sur peu de données",
  },
  "t2-ratio-coil-not-stated": {
    en: "the receive coil was not stated: the ratio holds for the body coil or a corrected surface coil only",
    fr: "antenne de réception non précisée : le rapport ne vaut qu'avec l'antenne corps ou une antenne de surface corrigée",
  },
  "t2-ratio-coil-surface-coil-uncorrected": {
    en: "surface coil without correction: the ratio to a muscle at another depth is not valid",
    fr: "antenne de surface sans correction : le rapport à un muscle situé à une autre profondeur n'est pas valable",
  },
  "remote-itself-bright": {
    en: "what is taken as remote myocardium is itself {remoteRatio} times as bright as muscle: the oedema may be everywhere, and its extent by threshold too small",
    fr: "le myocarde pris pour sain a lui-même {remoteRatio} fois le signal du muscle : l'œdème est peut-être diffus, et son étendue par seuil trop petite",
  },
  "blood-not-dark": {
    en: "blood ({bloodMean}) is not darker than the wall ({wallMean}): slow blood at the endocardium can pass for oedema",
    fr: "le sang ({bloodMean}) n'est pas plus sombre que la paroi ({wallMean}) : le sang lent au contact de l'endocarde peut simuler un œdème",
  },
  "no-lesion-after": {
    en: "no lesion is drawn after the intervention: the whole target is left, and no distance can be given",
    fr: "aucune lésion tracée après le geste : toute la cible reste, et aucune distance ne peut être donnée",
  },
  "no-cut-of-coverage": {
    en: "no published share of the target that must be covered was read: the numbers are given without verdict",
    fr: "aucune part publiée de cible à couvrir n'a été lue : les nombres sont donnés sans verdict",
  },
  "before-not-given": {
    en: "no images from before: what was there already cannot be told from what the intervention left",
    fr: "pas d'images d'avant le geste : ce qui préexistait ne peut être distingué de ce que le geste a laissé",
  },
  "one-grid-is-no-registration": {
    en: "images before and after lie on one grid; whether the heart lies at the same place in both was not checked",
    fr: "les images d'avant et d'après sont sur la même grille ; que le cœur y soit au même endroit n'a pas été vérifié",
  },
  "nothing-drawn-before": {
    en: "nothing is drawn of {structure} on the images before: what was there already is not known",
    fr: "rien n'est tracé ({structure}) sur les images d'avant : ce qui préexistait n'est pas connu",
  },
  "oedema-is-not-necrosis": {
    en: "checked by oedema, which reaches beyond the necrosis: coverage may be overstated",
    fr: "vérifié d'après l'œdème, qui déborde la nécrose : la couverture peut être surestimée",
  },
  "insertion-not-marked": {
    en: "the anterior insertion of the right ventricle is not marked: no segments",
    fr: "l'insertion antérieure du ventricule droit n'est pas marquée : pas de segments",
  },
  "pattern-ischaemic": {
    en: "subendocardial or transmural enhancement (it reaches the endocardium in {endocardialPercent} % of the chords; main territory {territory}): an ischaemic pattern",
    fr: "rehaussement sous-endocardique ou transmural (il atteint l'endocarde sur {endocardialPercent} % des rayons ; territoire principal {territory}) : aspect ischémique",
  },
  "pattern-non-ischaemic": {
    en: "mid-wall, subepicardial or patchy enhancement (it reaches the endocardium in {endocardialPercent} % of the chords only; main territory {territory}): a non-ischaemic pattern",
    fr: "rehaussement intramural, sous-épicardique ou en plages (il n'atteint l'endocarde que sur {endocardialPercent} % des rayons ; territoire principal {territory}) : aspect non ischémique",
  },
  "pattern-mixed": {
    en: "enhancement that reaches the endocardium in {endocardialPercent} % of the chords (main territory {territory}): the pattern is not decided",
    fr: "rehaussement atteignant l'endocarde sur {endocardialPercent} % des rayons (territoire principal {territory}) : aspect indéterminé",
  },
};

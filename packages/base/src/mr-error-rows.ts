import type { ErrorRow } from "./error-row.ts";

/** Refusals of research files, of marks drawn on images, and of the measurements of cardiac MR; part of the one table. */
export const mrErrorRows = {
  // Research files
  "nifti-malformed": {
    kind: "input",
    en: "{file} is not a NIfTI-1 file that can be read: {field} is {received}",
    fr: "{file} n'est pas un fichier NIfTI-1 lisible : {field} vaut {received}",
  },
  "nifti-spacing-contradiction": {
    kind: "input",
    en: "{field}: its {affineFrom} says voxels of {received}, its pixdim {pixdim}; say which is right with --set nifti-spacing=pixdim",
    fr: "{field} : son {affineFrom} donne des voxels de {received}, son pixdim de {pixdim} ; dire lequel est juste avec --set nifti-spacing=pixdim",
  },
  "side-file-malformed": {
    kind: "input",
    en: "{file}: {field} cannot be {received}; times of a side file are seconds",
    fr: "{file} : {field} ne peut pas valoir {received} ; les temps d'un fichier annexe sont en secondes",
  },
  "array-malformed": {
    kind: "input",
    en: "{file} cannot be read as an array: {field} is {received}",
    fr: "{file} n'est pas lisible comme tableau : {field} vaut {received}",
  },
  // First pass of contrast
  "times-not-ascending": {
    kind: "input",
    en: "the times of {field} do not ascend: {received}",
    fr: "les temps de {field} ne sont pas croissants : {received}",
  },
  "aif-without-peak": {
    kind: "input",
    en: "the arterial input of {field} has no first pass: {received}",
    fr: "l'entrée artérielle de {field} n'a pas de premier passage : {received}",
  },
  // Marks on images
  "mask-grid-mismatch": {
    kind: "input",
    en: "{field} does not lie on the grid of the images of {role}: {received}",
    fr: "{field} n'est pas sur la grille des images de {role} : {received}",
  },
  "contour-malformed": {
    kind: "input",
    en: "contour {field} cannot be used: {received}",
    fr: "contour {field} inutilisable : {received}",
  },
  "contour-off-plane": {
    kind: "input",
    en: "contour {field} lies {received} mm outside the plane of its image",
    fr: "le contour {field} est à {received} mm du plan de son image",
  },
  "structure-missing": {
    kind: "input",
    en: "{received} is drawn nowhere on {field}: there is nothing to measure",
    fr: "{received} n'est tracé nulle part sur {field} : rien à mesurer",
  },
  // Parametric maps
  "too-few-weightings": {
    kind: "input",
    en: "{field} needs images of at least {expected} different {attribute}; there are {received}",
    fr: "{field} demande des images d'au moins {expected} valeurs différentes de {attribute} ; il y en a {received}",
  },
  "weighting-missing": {
    kind: "input",
    en: "{field}: no image says its {attribute}, which no fit can do without",
    fr: "{field} : aucune image ne donne {attribute}, sans quoi aucun ajustement n'est possible",
  },
  "field-strength-unsupported": {
    kind: "input",
    en: "{field} is published for {expected} T only; these images: {received} T",
    fr: "{field} n'est publié que pour {expected} T ; ces images : {received} T",
  },
  "contrast-not-seen": {
    kind: "input",
    en: "{field}: the T1 of blood, {received} ms, is not below the {expected} ms before contrast; the maps may be swapped",
    fr: "{field} : le T1 du sang, {received} ms, n'est pas inférieur aux {expected} ms d'avant injection ; les cartes sont peut-être inversées",
  },
  "haematocrit-missing": {
    kind: "input",
    en: "no extracellular volume without a haematocrit: give --value haematocrit=0.42, or --set haematocrit-from=native-blood at 1.5 T, which is flagged",
    fr: "pas de volume extracellulaire sans hématocrite : donner --value haematocrit=0.42, ou --set haematocrit-from=native-blood à 1,5 T, ce qui sera signalé",
  },
  // Cardiac MR
  "proposal-failed": {
    kind: "input",
    en: "nothing can be proposed from the click on {field} at {received}: it lies outside the images or on nothing bright",
    fr: "rien à proposer à partir du clic sur {field} en {received} : il est hors des images ou sur rien de brillant",
  },
  "no-signal": {
    kind: "input",
    en: "the images of {field} hold no signal where it is measured: every voxel is {received}",
    fr: "les images de {field} n'ont pas de signal là où l'on mesure : chaque voxel vaut {received}",
  },
  "muscle-without-signal": {
    kind: "input",
    en: "the skeletal muscle on {field} has a mean signal of {received}: nothing can be set against it",
    fr: "le muscle squelettique sur {field} a un signal moyen de {received} : rien ne peut y être rapporté",
  },
  "troponin-without-assay": {
    kind: "input",
    en: "a troponin means nothing without its assay: {field} was not given ({received})",
    fr: "une troponine ne veut rien dire sans son dosage : {field} n'a pas été donné ({received})",
  },
  // Two results side by side
  "protocols-differ": {
    kind: "input",
    en: "the earlier result is of {received}, the later of {expected}: they do not compare",
    fr: "le premier résultat vient de {received}, le second de {expected} : ils ne se comparent pas",
  },
  "protocol-versions-differ": {
    kind: "input",
    en: "{field}: version {received} earlier, {expected} later; measure one of them again",
    fr: "{field} : version {received} puis {expected} ; refaire la mesure de l'un des deux",
  },
  "parameters-differ": {
    kind: "input",
    en: "{field} was {received} earlier and is {expected} later; measure one of them again, or compare without conclusion with --accept {field}",
    fr: "{field} valait {received} et vaut maintenant {expected} ; refaire la mesure de l'un des deux, ou comparer sans conclure avec --accept {field}",
  },
  "units-differ": {
    kind: "input",
    en: "{field} is in {received} earlier and in {expected} later",
    fr: "{field} est en {received} puis en {expected}",
  },
  "patients-differ": {
    kind: "input",
    en: "the images of the two results are not of the same patient",
    fr: "les images des deux résultats ne sont pas du même patient",
  },
  "same-examination": {
    kind: "input",
    en: "both results measured image {received}: it is one examination",
    fr: "les deux résultats ont mesuré l'image {received} : c'est un seul examen",
  },
  "dates-out-of-order": {
    kind: "input",
    en: "the earlier examination is dated after the later one: {received}",
    fr: "le premier examen est daté après le second : {received}",
  },
  "result-not-of-study": {
    kind: "input",
    en: "{field} holds none of the images that the result measured",
    fr: "{field} ne contient aucune des images mesurées par le résultat",
  },
  "phase-not-chosen": {
    kind: "input",
    en: "{field}: the series has {received} phases; say which with --role {field}=SERIES@number, or draw marks on its images",
    fr: "{field} : la série a {received} phases ; dire laquelle avec --role {field}=SÉRIE@numéro, ou tracer des marques sur ses images",
  },
  "same-phase": {
    kind: "input",
    en: "end-diastole and end-systole are the same images: one phase gives no ejection",
    fr: "télédiastole et télésystole sont les mêmes images : une seule phase ne donne pas d'éjection",
  },
  "phases-swapped": {
    kind: "input",
    en: "{field}: the end-systolic volume ({received} mL) is not below the end-diastolic one ({expected} mL); the phases may be swapped",
    fr: "{field} : le volume télésystolique ({received} mL) n'est pas inférieur au télédiastolique ({expected} mL) ; les phases sont peut-être inversées",
  },
  "phases-not-aligned": {
    kind: "input",
    en: "the two phases share no slice level: {received}",
    fr: "les deux phases n'ont aucun niveau de coupe en commun : {received}",
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

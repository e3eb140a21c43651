/** What a program must do with an error: `usage` was asked wrongly (exit 2), `input` cannot be measured or read (exit 3). */
export type ErrorKind = "usage" | "input";

/** One row of the error table; `{name}` in a sentence is filled from the error's `field`, `received` and `details`. */
export interface ErrorRow {
  readonly kind: ErrorKind;
  readonly en: string;
  readonly fr: string;
}

/**
 * Every error code of the project, its kind and its sentence in both languages. `docs/guide/errors.md` lists the same
 * codes; a test compares the two in both directions.
 */
export const errorTable = {
  // Values
  "not-finite": {
    kind: "input",
    en: "{field} must be a finite number, got {received}",
    fr: "{field} doit être un nombre fini, reçu {received}",
  },
  "out-of-range": {
    kind: "input",
    en: "{field} must be {expected}, got {received}",
    fr: "{field} doit vérifier {expected}, reçu {received}",
  },
  "wrong-unit": {
    kind: "usage",
    en: "{field} must be a quantity in {expected}, got {received}",
    fr: "{field} doit être une grandeur en {expected}, reçu {received}",
  },
  "wrong-type": {
    kind: "usage",
    en: "{field} must be {expected}, got {received}",
    fr: "{field} doit être {expected}, reçu {received}",
  },
  "missing-value": {
    kind: "usage",
    en: "{field} is needed and was not given",
    fr: "{field} est nécessaire et n'a pas été donné",
  },
  "unknown-name": {
    kind: "usage",
    en: "{field}: {received} is not known; known: {expected}",
    fr: "{field} : {received} est inconnu ; connus : {expected}",
  },
  "unknown-fact": {
    kind: "input",
    en: "{received} is not a fact that is known here; known: {expected}",
    fr: "{received} n'est pas un fait connu ; connus : {expected}",
  },
  "unknown-fact-unit": {
    kind: "input",
    en: "{field} must be given in {expected}, got {received}",
    fr: "{field} doit être donné en {expected}, reçu {received}",
  },
  "unknown-fact-value": {
    kind: "input",
    en: "{field} must be one of {expected}, got {received}",
    fr: "{field} doit être l'un de {expected}, reçu {received}",
  },
  "contradictory-facts": {
    kind: "input",
    en: "{field} contradicts what else is said: {received}",
    fr: "{field} contredit ce qui est dit par ailleurs : {received}",
  },
  "not-canonical": {
    kind: "input",
    en: "{field} cannot be written as canonical JSON: {received}",
    fr: "{field} ne peut pas s'écrire en JSON canonique : {received}",
  },
  "schema-mismatch": {
    kind: "input",
    en: "{field} is not what schema {schema} asks for: {received}",
    fr: "{field} n'est pas conforme au schéma {schema} : {received}",
  },
  // Command line
  "unexpected-argument": {
    kind: "usage",
    en: "{received} was not expected: {field} is all that is asked for",
    fr: "{received} est de trop : seul {field} est demandé",
  },
  "given-twice": {
    kind: "usage",
    en: "{field} was given more than once",
    fr: "{field} a été donné plusieurs fois",
  },
  "already-exists": {
    kind: "input",
    en: "{field} exists already and was left as it is; name another folder or remove it first",
    fr: "{field} existe déjà et n'a pas été touché ; nommer un autre dossier ou le supprimer d'abord",
  },
  "file-unwritable": {
    kind: "input",
    en: "{field} cannot be written: {received}",
    fr: "{field} ne peut pas être écrit : {received}",
  },
  "file-not-found": {
    kind: "input",
    en: "{field}: no such file or folder",
    fr: "{field} : fichier ou dossier introuvable",
  },
  "file-unreadable": {
    kind: "input",
    en: "{field} cannot be read: {received}",
    fr: "{field} est illisible : {received}",
  },
  // DICOM
  "not-dicom": {
    kind: "input",
    en: "{file}: not a DICOM file",
    fr: "{file} : ce n'est pas un fichier DICOM",
  },
  "dicom-truncated": {
    kind: "input",
    en: "{file}: the file ends inside {tag} at byte {offset}",
    fr: "{file} : le fichier s'arrête dans {tag} à l'octet {offset}",
  },
  "dicom-malformed": {
    kind: "input",
    en: "{file}: {tag} at byte {offset} is malformed ({reason})",
    fr: "{file} : {tag} à l'octet {offset} est mal formé ({reason})",
  },
  "dicom-too-deep": {
    kind: "input",
    en: "{file}: sequences are nested deeper than {limit} at {tag}",
    fr: "{file} : séquences imbriquées au-delà de {limit} niveaux en {tag}",
  },
  "dicom-too-large": {
    kind: "input",
    en: "{file}: {tag} would need {received} bytes, more than the limit of {limit}",
    fr: "{file} : {tag} demanderait {received} octets, au-delà de la limite de {limit}",
  },
  "unsupported-transfer-syntax": {
    kind: "input",
    en: "{file}: transfer syntax {received} is not supported ({reason})",
    fr: "{file} : la syntaxe de transfert {received} n'est pas prise en charge ({reason})",
  },
  "unsupported-pixel-format": {
    kind: "input",
    en: "{file}: this pixel format is not supported: {reason}",
    fr: "{file} : ce format de pixels n'est pas pris en charge : {reason}",
  },
  "no-pixel-data": {
    kind: "input",
    en: "{file}: the object has no pixel data",
    fr: "{file} : l'objet ne contient pas de pixels",
  },
  "codec-failed": {
    kind: "input",
    en: "{file}: frame {frame} could not be decompressed ({reason})",
    fr: "{file} : l'image {frame} n'a pas pu être décompressée ({reason})",
  },
  "missing-attribute": {
    kind: "input",
    en: "{file}: {field} is needed and absent",
    fr: "{file} : {field} est nécessaire et absent",
  },
  // Volume and measurement refusals
  "no-images": {
    kind: "input",
    en: "no image could be read from {field} ({reasons})",
    fr: "aucune image lisible dans {field} ({reasons})",
  },
  "no-series-for-role": {
    kind: "input",
    en: "no series fits the role {field}: {reasons}",
    fr: "aucune série ne convient au rôle {field} : {reasons}",
  },
  "ambiguous-series": {
    kind: "input",
    en: "several series fit the role {field}: {received}; choose with --choose {field}=<stack id>",
    fr: "plusieurs séries conviennent au rôle {field} : {received} ; choisir avec --choose {field}=<identifiant>",
  },
  "ambiguous-version": {
    kind: "input",
    en: "several different data sets share SOP Instance UID {field}: {received}; choose with --choose UID=sha256",
    fr: "plusieurs objets différents portent le même SOP Instance UID {field} : {received} ; choisir avec --choose UID=sha256",
  },
  "unknown-choice": {
    kind: "usage",
    en: "--choose {field}={received} names nothing that was read",
    fr: "--choose {field}={received} ne désigne rien de ce qui a été lu",
  },
  "overlapping-frames": {
    kind: "input",
    en: "{field}: several frames lie at one position and nothing tells them apart ({received})",
    fr: "{field} : plusieurs images à la même position que rien ne distingue ({received})",
  },
  "incomplete-stack": {
    kind: "input",
    en: "{field}: {received} slices have a frame at the coordinates asked for, of {expected}",
    fr: "{field} : {received} coupes sur {expected} ont une image aux coordonnées demandées",
  },
  "single-slice": {
    kind: "input",
    en: "{field} holds a single slice; a score needs the whole heart",
    fr: "{field} ne contient qu'une coupe ; un score demande le cœur entier",
  },
  "contrast-enhanced": {
    kind: "input",
    en: 'contrast agent in the blood: {reason}; a calcium score would count it as calcium (to go on: --set contrast-override="reason")',
    fr: 'produit de contraste dans le sang : {reason} ; le score le compterait comme du calcium (pour passer outre : --set contrast-override="motif")',
  },
  "overlapping-regions": {
    kind: "input",
    en: "marks: regions {first} and {second} hold the same voxel",
    fr: "marques : les régions {first} et {second} contiennent un même voxel",
  },
  "override-without-source": {
    kind: "usage",
    en: '{field} was overridden without its source; add --set {field}-source="…"',
    fr: '{field} a été modifié sans source ; ajouter --set {field}-source="…"',
  },
  "report-not-composed": {
    kind: "input",
    en: "{field} could not be composed: {received}",
    fr: "{field} n'a pas pu être composé : {received}",
  },
  "version-gone": {
    kind: "input",
    en: "{field} {received} is not in this build, which has {expected}",
    fr: "{field} {received} n'existe pas dans cette version, qui a {expected}",
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** A literal code of the error table. */
export type ErrorCode = keyof typeof errorTable;

/** Whether a string is a code of the error table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}

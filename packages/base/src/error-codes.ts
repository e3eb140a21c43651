import type { ErrorRow } from "./error-row.ts";
import { mrErrorRows } from "./mr-error-rows.ts";
import { serverErrorRows } from "./server-error-rows.ts";

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
  "registration-missing": {
    kind: "usage",
    en: "{field} needs {received}, which is not installed: {command}",
    fr: "{field} a besoin de {received}, qui n'est pas installé : {command}",
  },
  "registration-failed": {
    kind: "input",
    en: "{field}: image {image}, slice {slice} could not be registered by {received}; nothing was measured",
    fr: "{field} : l'image {image}, coupe {slice}, n'a pas pu être recalée par {received} ; rien n'a été mesuré",
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
  "dicom-too-many": {
    kind: "input",
    en: "{file}: {tag} is beyond the {limit} elements and items that one object may hold",
    fr: "{file} : {tag} dépasse les {limit} éléments et items qu'un objet peut contenir",
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
  "burned-in-suspected": {
    kind: "input",
    en: "{file}: identifying text may be burned into the pixels ({reason}); name what to blank, or say that there is none",
    fr: "{file} : du texte identifiant peut être incrusté dans les pixels ({reason}) ; indiquer ce qui doit être masqué, ou déclarer qu'il n'y en a pas",
  },
  "not-deidentifiable": {
    kind: "input",
    en: "{file}: {field} cannot be freed of identity: {reason}",
    fr: "{file} : {field} ne peut pas être débarrassé de ce qui identifie : {reason}",
  },
  "missing-attribute": {
    kind: "input",
    en: "{file}: {field} is needed and absent",
    fr: "{file} : {field} est nécessaire et absent",
  },
  // Archive
  "store-full": {
    kind: "input",
    en: "{field}: there is no room left where the archive keeps its files ({received})",
    fr: "{field} : plus de place là où l'archive garde ses fichiers ({received})",
  },
  "store-failed": {
    kind: "input",
    en: "{field} cannot be kept or read: {received}",
    fr: "{field} ne peut être ni conservé ni lu : {received}",
  },
  "blob-missing": {
    kind: "input",
    en: "{field} is not in the archive's store ({received})",
    fr: "{field} n'est pas dans le stockage de l'archive ({received})",
  },
  "archive-unavailable": {
    kind: "input",
    en: "{field} was not carried out: the archive's database does not answer ({received}); to be repeated",
    fr: "{field} n'a pas abouti : la base de données de l'archive ne répond pas ({received}) ; à renouveler",
  },
  "uid-malformed": {
    kind: "input",
    en: "{file}: {field} is no UID (digits and points, at most 64): {received}",
    fr: "{file} : {field} n'est pas un UID (chiffres et points, 64 au plus) : {received}",
  },
  "uid-mismatch": {
    kind: "input",
    en: "{file}: {field} is {received}, announced as {expected}",
    fr: "{file} : {field} vaut {received}, annoncé comme {expected}",
  },
  "media-directory": {
    kind: "input",
    en: "{file}: a media directory (DICOMDIR) is an index of a disc, not an instance to archive",
    fr: "{file} : un répertoire de média (DICOMDIR) est l'index d'un disque, non une instance à archiver",
  },
  "instance-not-found": {
    kind: "input",
    en: "{field} is not in the archive",
    fr: "{field} n'est pas dans l'archive",
  },
  retained: {
    kind: "input",
    en: "{field} must still be kept ({received})",
    fr: "{field} doit encore être conservé ({received})",
  },
  // DICOM network
  "pdu-malformed": {
    kind: "input",
    en: "{field} breaks the DICOM upper layer protocol: {reason}",
    fr: "{field} ne respecte pas le protocole DICOM de couche supérieure : {reason}",
  },
  "association-rejected": {
    kind: "input",
    en: "{field} refused the DICOM association: {reason}",
    fr: "{field} a refusé l'association DICOM : {reason}",
  },
  "association-ended": {
    kind: "input",
    en: "the DICOM association with {field} ended ({received}): {reason}",
    fr: "l'association DICOM avec {field} a pris fin ({received}) : {reason}",
  },
  "context-not-accepted": {
    kind: "input",
    en: "{field} accepts no presentation context for {received}",
    fr: "{field} n'accepte aucun contexte de présentation pour {received}",
  },
  "dimse-malformed": {
    kind: "input",
    en: "{field} breaks the DIMSE protocol: {reason}",
    fr: "{field} ne respecte pas le protocole DIMSE : {reason}",
  },
  "dimse-failed": {
    kind: "input",
    en: "{field} failed with DIMSE status {received}: {reason}",
    fr: "{field} a échoué avec le statut DIMSE {received} : {reason}",
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
  // Archive: queries
  "malformed-query": {
    kind: "usage",
    en: "{field}: {received} cannot be asked for; expected: {expected}",
    fr: "{field} : {received} ne peut pas être demandé ; attendu : {expected}",
  },
  "query-too-broad": {
    kind: "usage",
    en: "{field} is matched one instance after another, and this query leaves more than {expected} of them: name the study",
    fr: "{field} se vérifie instance par instance, et cette requête en laisse plus de {expected} : préciser l'examen",
  },
  "query-too-slow": {
    kind: "usage",
    en: "{field} was ended after {expected} seconds: ask for fewer studies, by a date or a patient",
    fr: "{field} a été interrompue après {expected} secondes : demander moins d'examens, par une date ou un patient",
  },
  "version-gone": {
    kind: "input",
    en: "{field} {received} is not in this build, which has {expected}",
    fr: "{field} {received} n'existe pas dans cette version, qui a {expected}",
  },
  // DICOMweb
  "request-malformed": {
    kind: "usage",
    en: "{field}: {received} is not {expected}",
    fr: "{field} : {received} ne correspond pas à ce qui est attendu ({expected})",
  },
  "not-acceptable": {
    kind: "usage",
    en: "nothing that {field} asks for can be given; it can be given as {expected}",
    fr: "rien de ce que {field} demande ne peut être fourni ; il peut l'être en {expected}",
  },
  "unsupported-media-type": {
    kind: "usage",
    en: "{field}: {received} is not taken; taken are {expected}",
    fr: "{field} : {received} n'est pas accepté ; sont acceptés {expected}",
  },
  "range-unsatisfiable": {
    kind: "usage",
    en: "the range {received} lies outside the {expected} bytes there are",
    fr: "l'intervalle {received} est hors des {expected} octets présents",
  },
  "body-malformed": {
    kind: "usage",
    en: "{field} is not a multipart body as its Content-Type says: {received}",
    fr: "{field} n'est pas un corps multipart conforme à son Content-Type : {received}",
  },
  "body-truncated": {
    kind: "usage",
    en: "the request ends inside {field}",
    fr: "la requête s'arrête dans {field}",
  },
  "body-too-large": {
    kind: "usage",
    en: "{field} is larger than the limit of {limit} bytes",
    fr: "{field} dépasse la limite de {limit} octets",
  },
  "body-too-slow": {
    kind: "usage",
    en: "nothing of {field} came for {limit} seconds",
    fr: "rien n'a été reçu de {field} pendant {limit} secondes",
  },
  ...mrErrorRows,
  ...serverErrorRows,
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** A literal code of the error table. */
export type ErrorCode = keyof typeof errorTable;

/** Whether a string is a code of the error table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code);
}

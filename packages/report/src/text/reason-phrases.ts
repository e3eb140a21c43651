import type { Text } from "@etalon/base";
import type { UnplacedReason } from "@etalon/volume";

/** Why a file has no place, in a few words. */
export const reasonPhrases: Readonly<Record<UnplacedReason["code"], Text>> = {
  "not-dicom": { en: "not DICOM", fr: "pas du DICOM" },
  unreadable: { en: "broken or unreadable", fr: "endommagé ou illisible" },
  "media-directory": { en: "a directory of files (DICOMDIR)", fr: "un répertoire de fichiers (DICOMDIR)" },
  "side-file": { en: "a side file of NIfTI images", fr: "un fichier annexe d'images NIfTI" },
  "not-an-image": { en: "not an image", fr: "pas une image" },
  "no-geometry": { en: "an image without position in space", fr: "image sans position dans l'espace" },
  "identical-copy": { en: "identical copy", fr: "copie identique" },
  "not-chosen": { en: "version not chosen", fr: "version non choisie" },
  "undecided-version": { en: "version awaiting a choice", fr: "version en attente d'un choix" },
};

import { defineTexts } from "../text/define-texts.ts";

/** Texts of an upload. */
export const uploadTexts = defineTexts(
  {
    drop: "Drop files, folders or ZIP archives: they are stored on this server",
    files: "Add files",
    folder: "Add a folder",
    gathering: "Looking through what was given …",
    sending: (done: number, total: number) => `Storing ${done} of ${total}`,
    done: (stored: number, total: number) => `${stored} of ${total} ${total === 1 ? "file" : "files"} stored`,
    cancelled: (stored: number, waiting: number) => `Cancelled: ${stored} stored, ${waiting} not sent`,
    refused: (count: number) => `${count} not stored`,
    cancel: "Cancel",
    close: "Close",
    dicomdir: "a directory of files, not an image; the files beside it are what is stored",
    zipUnreadable: "a ZIP archive that cannot be opened",
    nothing: "Nothing was found in what was given.",
  },
  {
    drop: "Déposez des fichiers, des dossiers ou des archives ZIP : ils seront conservés sur ce serveur",
    files: "Ajouter des fichiers",
    folder: "Ajouter un dossier",
    gathering: "Examen de ce qui a été déposé…",
    sending: (done: number, total: number) => `Envoi ${done} sur ${total}`,
    done: (stored: number, total: number) =>
      `${stored} ${stored < 2 ? "fichier" : "fichiers"} sur ${total} ${stored < 2 ? "conservé" : "conservés"}`,
    cancelled: (stored: number, waiting: number) =>
      `Annulé : ${stored} ${stored < 2 ? "conservé" : "conservés"}, ${waiting} ${waiting < 2 ? "non envoyé" : "non envoyés"}`,
    refused: (count: number) => `${count} ${count < 2 ? "non conservé" : "non conservés"}`,
    cancel: "Annuler",
    close: "Fermer",
    dicomdir: "un répertoire de fichiers, pas une image ; ce sont les fichiers voisins qui sont conservés",
    zipUnreadable: "une archive ZIP qui ne s’ouvre pas",
    nothing: "Rien n’a été trouvé dans ce qui a été déposé.",
  },
);

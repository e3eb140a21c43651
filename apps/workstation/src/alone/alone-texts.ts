import { defineTexts } from "../text/define-texts.ts";

/** Texts of the page without a server. */
export const aloneTexts = defineTexts(
  {
    alone: "Alone: nothing leaves this computer",
    aloneMore:
      "Images are opened where they are and uploaded nowhere. Marks and preliminary reports are kept in this browser; nothing can be signed here.",
    exportReadings: "Export readings",
    importReadings: "Import readings",
    imported: (count: number) => `${count} taken in`,
    notImported: "This file is no export of readings.",
    folder: "The folder could not be read",
  },
  {
    alone: "Seul : rien ne quitte cet ordinateur",
    aloneMore:
      "Les images sont ouvertes là où elles sont et ne sont envoyées nulle part. Marques et comptes rendus provisoires sont conservés dans ce navigateur ; rien ne peut être signé ici.",
    exportReadings: "Exporter les lectures",
    importReadings: "Importer des lectures",
    imported: (count: number) => (count < 2 ? `${count} reprise` : `${count} reprises`),
    notImported: "Ce fichier n’est pas un export de lectures.",
    folder: "Le dossier n’a pas pu être lu",
  },
);

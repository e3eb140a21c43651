import { type Language, notAMedicalDevice } from "@etalon/base";
import type { Setting } from "./setting.ts";
import { settings } from "./settings.ts";

const heading = {
  en: `etalon serve: the archive, one process or one of several. ${notAMedicalDevice.en} For research and evaluation.

  etalon serve --roles web,dimse,worker  what this process does of it; all where nothing is said
  etalon serve --phantom  puts a phantom study into an archive that is empty, measured, to look at
  etalon serve --open     opens the one-time link in the browser of whoever sits at the terminal
  etalon backup FOLDER    everything of this archive, into a folder; again into the same one: what is new
  etalon restore FOLDER   makes an archive of it, on any database and store, where there is none yet
  etalon reset-password NAME  a one-time password for somebody who is locked out
  etalon verify-audit     walks the audit log and names rows that were changed, removed or inserted

Everything is set by variables of the environment:
`,
  fr: `etalon serve : l'archive, un processus ou l'un de plusieurs. ${notAMedicalDevice.fr} Recherche et évaluation.

  etalon serve --roles web,dimse,worker  ce qu'en fait ce processus ; tout si rien n'est dit
  etalon serve --phantom  met dans une archive vide l'examen d'un fantôme, mesuré, à regarder
  etalon serve --open     ouvre le lien à usage unique dans le navigateur de qui est au terminal
  etalon backup DOSSIER   tout ce que contient l'archive, dans un dossier ; de nouveau dans le même : ce qui est nouveau
  etalon restore DOSSIER  en refait une archive, sur toute base et tout stockage, là où il n'y en a pas encore
  etalon reset-password NOM  un mot de passe à usage unique pour qui ne peut plus se connecter
  etalon verify-audit     parcourt le journal d'audit et nomme les lignes modifiées, supprimées ou insérées

Tout se règle par des variables d'environnement :
`,
} as const;

const fallbackWord = { en: "default", fr: "par défaut" } as const;

/** What `etalon serve --help` prints: every setting of the table. */
export function helpText(language: Language): string {
  const rows = Object.entries<Setting>(settings).map(
    ([name, { expected, fallback, help }]) =>
      `\n  ${name}=${expected}\n      ${help[language]} (${fallbackWord[language]} ${fallback})\n`,
  );
  return `${heading[language]}${rows.join("")}`;
}

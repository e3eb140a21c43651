import { type Language, notAMedicalDevice } from "@etalon/base";
import { type Setting, settings } from "./settings.ts";

const heading = {
  en: `etalon serve: the archive, one process. ${notAMedicalDevice.en} For research and evaluation.

Everything is set by variables of the environment:
`,
  fr: `etalon serve : l'archive, un seul processus. ${notAMedicalDevice.fr} Recherche et évaluation.

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

import type { Language } from "@etalon/base";

/** What the environment says: the one place of this program that reads it. */
export interface CliConfig {
  readonly language: Language;
}

/** Language of messages from the POSIX locale variables: French for fr…, otherwise English. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): CliConfig {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return { language: locale.toLowerCase().startsWith("fr") ? "fr" : "en" };
}

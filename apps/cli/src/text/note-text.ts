import type { Language, Text } from "@etalon/base";
import { fillText, noteSentences } from "@etalon/report/text";
import type { LedgerNote } from "@etalon/volume";

/** What to type where a note asks for something. */
const HINTS: Readonly<Record<string, Text>> = {
  "undecided-version": { en: " (--choose UID=sha256)", fr: " (--choose UID=sha256)" },
};

/** A note of the ledger as a sentence, with the option that answers it. */
export function noteText({ code, details }: Pick<LedgerNote, "code" | "details">, language: Language): string {
  return `${fillText(noteSentences[code], details, language)}${HINTS[code]?.[language] ?? ""}`;
}

import type { Language, Text } from "@etalon/base";
import type { Result } from "@etalon/measure";
import { fillText, qualitySentences } from "@etalon/report/text";

/** What to type where a note asks for something. */
const HINTS: Readonly<Record<string, Text>> = {
  "no-marks": { en: " (--marks FILE)", fr: " (--marks FICHIER)" },
  "mass-not-calibrated": {
    en: " (--set mass-calibration-factor=…)",
    fr: " (--set mass-calibration-factor=…)",
  },
};

/** A quality note as a sentence with its code; a code of another version without a sentence is shown as it is. */
export function qualityText({ code, details }: Result["quality"][number], language: Language): string {
  const sentence = Object.hasOwn(qualitySentences, code) ? qualitySentences[code] : undefined;
  if (sentence === undefined) return `${code} ${JSON.stringify(details)}`;
  return `${fillText(sentence, details, language)}${HINTS[code]?.[language] ?? ""} [${code}]`;
}

import type { Language } from "@etalon/base";

/** A moment in the page's language and the browser's time zone. */
export function timeText(iso: string, language: Language): string {
  return new Date(iso).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "short",
    timeStyle: "short",
  });
}

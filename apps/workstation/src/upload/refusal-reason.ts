import { errorTable, isErrorCode, type Language } from "@etalon/base";
import type { Refused } from "./upload-state.ts";
import { uploadTexts } from "./upload-texts.ts";

/** Why a file was not stored, in the page's language. */
export function refusalReason({ code, reason }: Refused, language: Language): string {
  const texts = uploadTexts[language];
  if (code === "dicomdir") return texts.dicomdir;
  if (code === "dicomdir-alone") return texts.dicomdirAlone;
  if (code === "zip-unreadable") return texts.zipUnreadable;
  if (language === "en" || !isErrorCode(code)) return reason === "" ? code : reason;
  // The server's sentence is English; the table has the same one in French, with what it is filled with left out.
  return errorTable[code].fr
    .replace(/\s*\{\w+\}\s*:?/g, " ")
    .replace(/^[\s:]+/, "")
    .trim();
}

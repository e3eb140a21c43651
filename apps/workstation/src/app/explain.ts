import { ApiError } from "../api/api-error.ts";
import type { Translated } from "../text/define-texts.ts";
import type { appTexts } from "./app-texts.ts";

/** What went wrong in a sentence that says what to do; the server's own sentence where none of ours fits. */
export function explain(error: unknown, texts: Translated<(typeof appTexts)["en"]>): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.status === 0) return texts.errorOffline;
  if (error.status === 401) return texts.errorSignedOut;
  if (error.status === 403) return texts.errorNotAllowed;
  if (error.status === 404) return texts.errorNotThere;
  if (error.status === 429) return texts.errorTooMany;
  return error.status >= 500 ? texts.errorServer : error.message;
}

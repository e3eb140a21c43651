import type { Language } from "@etalon/base";
import { reasonPhrases } from "@etalon/report/text";
import type { UnplacedReason } from "@etalon/volume";

/** The reason of a file without a place, with the code of the error behind it. */
export function reasonText({ code, errorCode }: UnplacedReason, language: Language): string {
  const phrase = reasonPhrases[code][language];
  return errorCode === undefined || errorCode === code ? phrase : `${phrase} [${errorCode}]`;
}

/** What is known of one file beyond its reason: where it breaks, what the system said. */
export function reasonDetail({ details }: UnplacedReason): string {
  const { tag, offset, reason, modality, sameAs } = details ?? {};
  const place = tag === undefined ? undefined : offset === undefined ? tag : `${tag} @ ${offset}`;
  return [place, reason, modality, sameAs].filter((one) => one !== undefined && one !== "").join(", ");
}

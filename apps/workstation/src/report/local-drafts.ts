import { z } from "zod";
import { documentOf, draftOfDocument, type ReadingPlace } from "../api/readings.ts";
import type { ReadingDraft } from "../marks/reading-draft.ts";

/** What was drawn and written here and has not reached the server. */
export interface LocalDraft {
  readonly draft: ReadingDraft;
  /** Version that it was made from; absent where there was none. */
  readonly base: number | undefined;
}

const keptSchema = z.object({ base: z.number().optional(), document: z.unknown() });

/** Keeps a draft in this browser until the server has it. A full store is no reason to stop reading. */
export function keepDraft(place: ReadingPlace, { draft, base }: LocalDraft): boolean {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify({ base, document: documentOf(draft) }));
    return true;
  } catch {
    return false;
  }
}

/** The draft that this browser keeps; nothing where there is none that can be read. */
export function keptDraft(place: ReadingPlace): LocalDraft | undefined {
  try {
    const { base, document } = keptSchema.parse(JSON.parse(localStorage.getItem(keyOf(place)) ?? ""));
    return { draft: draftOfDocument(document), base };
  } catch {
    return undefined;
  }
}

/** Forgets a draft that the server has. */
export function forgetDraft(place: ReadingPlace): void {
  localStorage.removeItem(keyOf(place));
}

function keyOf({ studyInstanceUid, protocolId }: ReadingPlace): string {
  return `etalon-draft/${studyInstanceUid}/${protocolId}`;
}

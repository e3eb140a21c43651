import { z } from "zod";
import type { MarkKeeper } from "../api/mark-keeper.ts";
import { type Mark, storedMarksSchema } from "../marks/mark.ts";
import type { DocumentStore } from "./document-store.ts";

/** Stands where other documents of a study have their protocol. */
const keptUnder = "measurements";

const documentSchema = z.object({ marks: storedMarksSchema });

/** Keeps what is drawn on a study among the readings of this browser: it is exported with them. */
export function keepMarks(documents: DocumentStore): MarkKeeper {
  const read = async (study: string): Promise<readonly Mark[]> =>
    documentSchema.safeParse((await documents.read(study, keptUnder))?.document).data?.marks ?? [];
  return {
    read,
    write: async (study, marks) => {
      const kept = await documents.read(study, keptUnder);
      if (kept === undefined && marks.length === 0) return;
      await documents.write({
        ...{ study, protocol: keptUnder, version: (kept?.version ?? 0) + 1, savedAt: new Date().toISOString() },
        ...{ preliminaryAt: null, document: { marks } },
      });
    },
  };
}

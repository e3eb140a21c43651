import { EtalonError } from "@etalon/base";
import type { Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { MeasuringOutcome } from "../jobs/process/measuring-messages.ts";
import type { AnalysisToRun } from "../jobs/read-task.ts";
import type { PreparedAnswer, ReadingWork } from "../jobs/run-job.ts";
import { prepareSignature, refuseSigning, type SigningWork } from "./prepare-signature.ts";
import { tellReadingRow } from "./reading-event.ts";

/** What may be otherwise the next time: the machine, not what was given. */
const passing: ReadonlySet<string> = new Set([
  "server-busy",
  "time-exceeded",
  "memory-exceeded",
  "worker-ended",
  "blob-missing",
  "store-failed",
]);

/** What becomes of the answers that readings asked for: a draft is kept with its material, a signature is made or refused. */
export function createReadingWork(place: SigningWork): ReadingWork {
  return {
    prepare: async (analysis, outcome) => {
      const run = await place.database
        .selectFrom("reading_run")
        .select(["reading_id", "purpose"])
        .where("analysis_id", "=", analysis.id)
        .executeTakeFirst();
      if (run === undefined) return undefined;
      if (run.purpose === "draft") return draftAnswer(analysis, run.reading_id, outcome);
      if (outcome.kind !== "done") return refuseSigning(place, { analysis, outcome });
      try {
        return await prepareSignature(place, analysis, outcome);
      } catch (thrown) {
        if (!(thrown instanceof EtalonError)) throw thrown;
        const kind = passing.has(thrown.code) ? "broken" : "failed";
        return refuseSigning(place, { analysis, outcome: { kind, errorCode: thrown.code } });
      }
    },
  };
}

function draftAnswer(analysis: AnalysisToRun, readingId: number, outcome: MeasuringOutcome): PreparedAnswer {
  const keep = async (transaction: Transaction<ArchiveDatabase>): Promise<void> => {
    if (outcome.kind === "done") {
      await transaction
        .updateTable("reading_run")
        .set({ material: JSON.stringify(outcome.material), segmentation: outcome.segmentation })
        .where("analysis_id", "=", analysis.id)
        .execute();
    }
    await tellReadingRow(transaction, readingId, { change: "run", by: "etalon" });
  };
  return { outcome, keep };
}

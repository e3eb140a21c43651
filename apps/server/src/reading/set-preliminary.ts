import { EtalonError } from "@etalon/base";
import { lockReading } from "./find-reading.ts";
import { noteReading } from "./note-reading.ts";
import { tellReadingRow } from "./reading-event.ts";
import type { Reader, ReadingKey, ReadingPlace } from "./reading-place.ts";
import { latestRun } from "./reading-state.ts";
import { refuseSigned } from "./refuse-signed.ts";
import { refuseOther } from "./run-reading.ts";

/**
 * Says that the newest version of a reading may be looked at as a preliminary report. The next version is a draft again.
 *
 * @throws {EtalonError} `reading-stale`, `reading-not-run` where its numbers were not computed, `reading-signed`,
 *   `signing-under-way`, as `requireReading`
 */
export async function setPreliminary(
  place: ReadingPlace,
  { scope }: Reader,
  { key, version }: { readonly key: ReadingKey; readonly version: number },
): Promise<void> {
  await place.database.transaction().execute(async (transaction) => {
    const reading = await lockReading(transaction, scope, key);
    refuseOther(reading, version);
    await refuseSigned(transaction, reading);
    const run = await latestRun(transaction, reading.id);
    if (run?.version !== version || run.state !== "done") {
      throw new EtalonError("reading-not-run", { field: key.protocol, received: version });
    }
    const now = place.clock();
    await transaction
      .updateTable("reading")
      .set({
        status: "preliminary",
        preliminary_version: version,
        preliminary_at: now,
        preliminary_by: scope.actor,
        changed_at: now,
        changed_by: scope.actor,
      })
      .where("id", "=", reading.id)
      .execute();
    await tellReadingRow(transaction, reading.id, { change: "preliminary", by: scope.actor });
    await noteReading(transaction, { audit: place.audit, scope }, { action: "write", readingId: reading.id });
  });
}

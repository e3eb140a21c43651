import { EtalonError } from "@etalon/base";
import type { JobQueue } from "../jobs/job-queue.ts";
import { preferResult } from "../results/keep-result.ts";
import { lockReading, type ReadingRow } from "./find-reading.ts";
import { readVersion } from "./find-versions.ts";
import { queueRun } from "./queue-run.ts";
import { tellReadingRow } from "./reading-event.ts";
import type { Reader, ReadingKey, ReadingPlace } from "./reading-place.ts";
import { refuseSigned } from "./refuse-signed.ts";

/** Where readings are run. */
export interface RunningPlace extends ReadingPlace {
  readonly queue: Pick<JobQueue, "send">;
}

/**
 * Has the newest version of a reading measured: a draft result. The same question again is the analysis that answers it.
 *
 * @returns whether it was queued just now
 * @throws {EtalonError} `reading-stale`, `reading-signed`, `signing-under-way`, `series-not-found`, as `requireReading`
 */
export async function runReading(
  place: RunningPlace,
  reader: Reader,
  { key, version }: { readonly key: ReadingKey; readonly version: number },
): Promise<boolean> {
  return place.database.transaction().execute(async (transaction) => {
    const reading = await lockReading(transaction, reader.scope, key);
    refuseOther(reading, version);
    await refuseSigned(transaction, reading);
    const { document } = await readVersion(transaction, reading.id, version);
    const asked = { reading, document, purpose: "draft", facts: null } as const;
    const queued = await queueRun(place, reader, { transaction, asked });
    if (!queued.isNew) await preferResult(transaction, queued.id);
    await tellReadingRow(transaction, reading.id, { change: "run", by: reader.scope.actor });
    return queued.isNew;
  });
}

/** @throws {EtalonError} `reading-stale` where a version is not the newest one */
export function refuseOther(reading: Pick<ReadingRow, "version" | "protocol">, version: number): void {
  if (version === reading.version) return;
  throw new EtalonError("reading-stale", {
    field: reading.protocol,
    received: version,
    details: { current: reading.version },
  });
}

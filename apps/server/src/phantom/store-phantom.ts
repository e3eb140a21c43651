import { setTimeout as pause } from "node:timers/promises";
import { buildThoraxPhantom, thoraxPhantomDefaults } from "@etalon/phantom";
import type { Kysely } from "kysely";
import { matchSeries } from "../analyses/match-series.ts";
import type { AccessScope } from "../archive/access-scope.ts";
import type { QueueingCore } from "../core.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** How long a start waits for the phantom's analyses before it says that it serves. */
const patienceMs = 60_000;
const lookEveryMs = 100;

/**
 * Stores the thorax phantom in an archive that holds no study yet, and has it measured at once: something to look at before
 * the first scan comes. Where analyses run in this process, settles once they have ended, or after a minute.
 *
 * @returns UID of the study; nothing where the archive holds one already
 */
export async function storePhantom(core: QueueingCore): Promise<string | undefined> {
  const { archive, siteId, config, database, queue, log } = core;
  const { kysely } = database;
  if ((await kysely.selectFrom("study").select("id").limit(1).executeTakeFirst()) !== undefined) return undefined;
  const scope: AccessScope = { siteId, actor: "etalon", purpose: "phantom" };
  let stored: { readonly studyInstanceUid: string; readonly seriesInstanceUid: string } | undefined;
  for (const { bytes } of buildThoraxPhantom(thoraxPhantomDefaults).files) {
    const outcome = await archive.store(scope, { form: "part10", bytes: once(bytes) });
    if (outcome.kind === "refused") {
      log.warn({ code: outcome.errorCode }, "the phantom could not be stored");
      return undefined;
    }
    stored = outcome;
  }
  if (stored === undefined) return undefined;
  const { id: seriesId } = await kysely
    .selectFrom("series")
    .select("id")
    .where("series_instance_uid", "=", stored.seriesInstanceUid)
    .executeTakeFirstOrThrow();
  await matchSeries(kysely, queue, { seriesId, log });
  if (config.roles.has("worker") && config.measuring.workers > 0) await analysesEnded(kysely, seriesId);
  return stored.studyInstanceUid;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function analysesEnded(database: Kysely<ArchiveDatabase>, seriesId: number): Promise<void> {
  const waiting = database
    .selectFrom("analysis")
    .select("id")
    .where("series_id", "=", seriesId)
    .where("state", "in", ["queued", "running"])
    .limit(1);
  for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
    if ((await waiting.executeTakeFirst()) === undefined) return;
    await pause(lookEveryMs);
  }
}

import { setTimeout as pause } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { BlobStore } from "../store/blob-store.ts";

/** What the server needs in order to take work, and whether it has it. */
export interface Readiness {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<"database" | "disk", "ok" | "unavailable" | "full">>;
}

/** An answer later than this is none: who asks, asks every few seconds. */
const databasePatienceMs = 2_000;

/** Room that must be left: a study of a few thousand images on its way, and PostgreSQL's log beside it. */
const leastFreeBytes = 1024 ** 3;

/** Asks the database and the disk. */
export async function checkReadiness(
  database: Kysely<ArchiveDatabase>,
  store: Pick<BlobStore, "freeBytes">,
): Promise<Readiness> {
  const [databaseState, disk] = await Promise.all([checkDatabase(database), checkDisk(store)]);
  return { isReady: databaseState === "ok" && disk === "ok", checks: { database: databaseState, disk } };
}

async function checkDatabase(database: Kysely<ArchiveDatabase>): Promise<"ok" | "unavailable"> {
  const answer = sql`SELECT 1`.execute(database).then(
    () => "ok" as const,
    () => "unavailable" as const,
  );
  return Promise.race([answer, pause(databasePatienceMs, "unavailable" as const, { ref: false })]);
}

async function checkDisk(store: Pick<BlobStore, "freeBytes">): Promise<"ok" | "unavailable" | "full"> {
  try {
    const free = await store.freeBytes();
    return free === undefined || free >= leastFreeBytes ? "ok" : "full";
  } catch {
    return "unavailable";
  }
}

import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** What a transaction holds until it ends, for everybody who shares the database; always taken in this order. */
export interface AdvisoryLocks {
  /** The one who may change a study's rows: site and Study Instance UID. */
  readonly study?: readonly [siteId: number, studyInstanceUid: string];
  /** The one who may add a version of an instance: site and SOP Instance UID. */
  readonly instances?: readonly (readonly [siteId: number, sopInstanceUid: string])[];
  /** Blobs that stay, while rows are made that name them. */
  readonly keptBlobs?: readonly string[];
  /** A blob that goes: nobody makes a row that names it meanwhile. */
  readonly goingBlob?: string;
}

/**
 * Takes locks, those of one kind in the order of their keys, so that nobody waits in a circle. They are held once the next
 * statement of the transaction has answered: nothing but statements may rest on them before.
 */
export async function takeLocks(transaction: Transaction<ArchiveDatabase>, locks: AdvisoryLocks): Promise<void> {
  const { study, instances = [], keptBlobs = [], goingBlob } = locks;
  const exclusive = [
    ...(study === undefined ? [] : [lockKey("study", ...study)]),
    ...inOrder(instances.map((instance) => lockKey("instance", ...instance))),
  ];
  const shared = inOrder(keptBlobs.map((sha256) => lockKey("blob", sha256)));
  const last = goingBlob === undefined ? [] : [lockKey("blob", goingBlob)];
  await sql`/* prepared, unawaited */
    SELECT CASE WHEN is_shared THEN pg_advisory_xact_lock_shared(key) ELSE pg_advisory_xact_lock(key) END
    FROM unnest(${[...exclusive, ...shared, ...last]}::bigint[], ${[
      ...exclusive.map(() => false),
      ...shared.map(() => true),
      ...last.map(() => false),
    ]}::boolean[]) AS wanted (key, is_shared)`.execute(transaction);
}

/** Key of the lock that a backup holds, for its whole session: no blob goes meanwhile. */
export const backupLockKey: string = lockKey("backup");

/** PostgreSQL names advisory locks by 64 bits. Two names with one key only wait for each other. */
function lockKey(...name: readonly (string | number)[]): string {
  return createHash("sha256").update(name.join("\n")).digest().readBigInt64LE(0).toString();
}

function inOrder(keys: readonly string[]): readonly string[] {
  return keys.toSorted();
}

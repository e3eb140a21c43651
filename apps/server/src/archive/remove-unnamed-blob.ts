import { sql } from "kysely";
import { backupLockKey, takeLocks } from "./advisory-locks.ts";
import type { ArchivePlace } from "./archive-place.ts";

/**
 * Removes a blob that no row of any site names; says whether it did. Nobody can make such a row meanwhile: who is about to
 * holds the blob's lock and sees afterwards that it is gone. While a backup copies what a moment named, the blob stays, for a
 * later reconciliation.
 */
export function removeUnnamedBlob({ database, store }: ArchivePlace, sha256: string): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    await takeLocks(transaction, { goingBlob: sha256 });
    const { rows } = await sql<{ readonly is_free: boolean }>`
      SELECT pg_try_advisory_xact_lock_shared(${backupLockKey}::bigint) AS is_free`.execute(transaction);
    if (rows[0]?.is_free !== true) return false;
    const named = await transaction
      .selectFrom("instance")
      .select("id")
      .where("file_sha256", "=", Buffer.from(sha256, "hex"))
      .limit(1)
      .executeTakeFirst();
    if (named !== undefined) return false;
    await store.remove(sha256);
    return true;
  });
}

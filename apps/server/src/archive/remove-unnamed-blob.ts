import { sql } from "kysely";
import { backupLockKey, takeLocks } from "./advisory-locks.ts";
import type { ArchivePlace } from "./archive-place.ts";

/** What became of a blob: it is gone, a row names it, or a backup copies what a moment named, and it stays for later. */
export type BlobRemoval = "removed" | "named" | "in-backup";

/**
 * Removes a blob that no row of any site names, and what was noted of its going. Nobody can make such a row meanwhile: who is
 * about to holds the blob's lock and sees afterwards that it is gone.
 */
export function removeUnnamedBlob({ database, store }: ArchivePlace, sha256: string): Promise<BlobRemoval> {
  const hash = Buffer.from(sha256, "hex");
  return database.transaction().execute(async (transaction) => {
    await takeLocks(transaction, { goingBlob: sha256 });
    const { rows } = await sql<{ readonly is_free: boolean }>`
      SELECT pg_try_advisory_xact_lock_shared(${backupLockKey}::bigint) AS is_free`.execute(transaction);
    if (rows[0]?.is_free !== true) return "in-backup";
    const named = await transaction
      .selectFrom("instance")
      .select("id")
      .where("file_sha256", "=", hash)
      .limit(1)
      .executeTakeFirst();
    if (named === undefined) await store.remove(sha256);
    await transaction.deleteFrom("removed_blob").where("sha256", "=", hash).execute();
    return named === undefined ? "removed" : "named";
  });
}

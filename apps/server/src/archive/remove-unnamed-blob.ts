import { takeLocks } from "./advisory-locks.ts";
import type { ArchivePlace } from "./archive-place.ts";

/**
 * Removes a blob that no row of any site names; says whether it did. Nobody can make such a row meanwhile: who is about to
 * holds the blob's lock and sees afterwards that it is gone.
 */
export function removeUnnamedBlob({ database, store }: ArchivePlace, sha256: string): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    await takeLocks(transaction, { goingBlob: sha256 });
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

import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Rows of one statement. */
const batchLength = 1000;

/** Notes blobs that are to go; one that was noted keeps its time, and what was deleted is no orphan. */
export async function noteBlobs(
  database: Kysely<ArchiveDatabase>,
  blobs: readonly string[],
  { reason, at }: { readonly reason: "deleted" | "orphan"; readonly at: Date },
): Promise<void> {
  const all = [...new Set(blobs)];
  for (let first = 0; first < all.length; first += batchLength) {
    const values = all
      .slice(first, first + batchLength)
      .map((sha256) => ({ sha256: Buffer.from(sha256, "hex"), reason, noted_at: at }));
    await database
      .insertInto("removed_blob")
      .values(values)
      .onConflict((conflict) =>
        reason === "deleted" ? conflict.column("sha256").doUpdateSet({ reason }) : conflict.doNothing(),
      )
      .execute();
  }
}

import type { ArchivePlace } from "./archive-place.ts";
import { removeUnnamedBlob } from "./remove-unnamed-blob.ts";

/** Rows looked at together. */
const batchLength = 1000;

/** Which of the blobs that were noted are to go now. */
export interface DueBlobs {
  readonly reason: "deleted" | "orphan";
  /** Those that were noted before. */
  readonly notedBefore: Date;
  /** Ends it early, with the signal's reason thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Removes the blobs that were noted: what deletions left behind that were interrupted by a crash or met a backup, and orphans.
 * One that a row names again stays, and its note goes.
 *
 * @returns the blobs that were removed
 */
export async function finishRemovals(
  place: ArchivePlace,
  { reason, notedBefore, signal }: DueBlobs,
): Promise<readonly string[]> {
  const removed: string[] = [];
  for (let after = Buffer.alloc(0); ; ) {
    const rows = await place.database
      .selectFrom("removed_blob")
      .select("sha256")
      .where("reason", "=", reason)
      .where("noted_at", "<=", notedBefore)
      .where("sha256", ">", after)
      .orderBy("sha256")
      .limit(batchLength)
      .execute();
    for (const row of rows) {
      signal?.throwIfAborted();
      const sha256 = row.sha256.toString("hex");
      if ((await removeUnnamedBlob(place, sha256)) === "removed") removed.push(sha256);
    }
    const last = rows.at(-1);
    if (last === undefined) return removed;
    after = Buffer.from(last.sha256);
  }
}

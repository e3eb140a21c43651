import type { ArchivePlace } from "../archive/archive-place.ts";
import { removeUnnamedBlob } from "../archive/remove-unnamed-blob.ts";

/**
 * Removes the files of an erasure that nothing names any more; how many are left, since a backup reads them. Those that a row
 * names are not the patient's alone, and stay.
 */
export async function removeFilesLeft(place: ArchivePlace, erasureId: number): Promise<number> {
  const { database } = place;
  const { files_left: files } = await database
    .selectFrom("erasure")
    .select("files_left")
    .where("id", "=", erasureId)
    .executeTakeFirstOrThrow();
  const left: string[] = [];
  for (const sha256 of files) {
    if ((await removeUnnamedBlob(place, sha256)) === "in-backup") left.push(sha256);
  }
  await database.updateTable("erasure").set({ files_left: left }).where("id", "=", erasureId).execute();
  return left.length;
}

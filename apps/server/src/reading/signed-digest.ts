import type { ReadingRow } from "./find-reading.ts";
import type { Database } from "./reading-place.ts";

/** Digest of the result that a reading was signed with: 64 hexadecimal digits; nothing where it was not. */
export async function signedDigest(database: Database, { id }: Pick<ReadingRow, "id">): Promise<string | undefined> {
  const row = await database
    .selectFrom("reading_edition")
    .select("digest")
    .where("reading_id", "=", id)
    .where("edition", "=", 1)
    .executeTakeFirst();
  return row?.digest.toString("hex");
}

import { EtalonError } from "@etalon/base";
import type { FileKind } from "./documents/file-kinds.ts";
import type { ReadingRow } from "./find-reading.ts";
import type { Database } from "./reading-place.ts";

/** A document of a signed report, as it was kept. */
export interface KeptFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly digest: string;
}

/**
 * A document of an edition, the newest where none is named. What an addendum did not make anew is that of the edition before.
 *
 * @throws {EtalonError} `result-not-found` where the report has no such document
 */
export async function findFile(
  database: Database,
  { id }: ReadingRow,
  {
    kind,
    language,
    edition,
  }: { readonly kind: FileKind; readonly language: "en" | "fr"; readonly edition: number | undefined },
): Promise<KeptFile> {
  const row = await database
    .selectFrom("reading_file")
    .innerJoin("reading_edition", (join) =>
      join
        .onRef("reading_edition.reading_id", "=", "reading_file.reading_id")
        .onRef("reading_edition.edition", "=", "reading_file.edition"),
    )
    .select(["bytes", "media_type", "digest"])
    .where("reading_file.reading_id", "=", id)
    .where("kind", "=", kind)
    .$if(edition !== undefined, (query) => query.where("reading_file.edition", "<=", edition ?? 0))
    .orderBy("reading_file.edition", "desc")
    // Of one that is in one language only, that one.
    .orderBy((order) => order.case().when("reading_file.language", "=", language).then(0).else(1).end())
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("result-not-found", { field: kind });
  return { bytes: row.bytes, mediaType: row.media_type, digest: row.digest.toString("hex") };
}

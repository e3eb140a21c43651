import { EtalonError } from "@etalon/base";
import { z } from "zod";
import { type ReadingDocument, readingDocumentSchema } from "./reading-document.ts";
import type { Database } from "./reading-place.ts";

/** Who did something, as the API shows it. */
export const personSchema = z.object({
  /** Internal id: "account:3". */
  id: z.string(),
  name: z.string().nullable(),
});

/** One saved document of a reading, as the API shows it. */
export const versionSchema = z.object({
  version: z.number(),
  savedAt: z.string(),
  author: personSchema,
  document: readingDocumentSchema,
});

/** See {@link versionSchema}. */
export type ReadingVersion = z.output<typeof versionSchema>;

/** A version without its document. */
export const listedVersionSchema = versionSchema.omit({ document: true }).extend({ sizeBytes: z.number() });

/** A version of a reading. @throws {EtalonError} `reading-not-found` */
export async function readVersion(database: Database, readingId: number, version: number): Promise<ReadingVersion> {
  const found = await findVersion(database, readingId, version);
  if (found === undefined) throw new EtalonError("reading-not-found", { field: `version ${version}` });
  return found;
}

/** A version of a reading, `undefined` where there is none of that number. */
export async function findVersion(
  database: Database,
  readingId: number,
  version: number,
): Promise<ReadingVersion | undefined> {
  const row = await database
    .selectFrom("reading_version")
    .selectAll()
    .where("reading_id", "=", readingId)
    .where("version", "=", version)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    version: row.version,
    savedAt: row.saved_at.toISOString(),
    author: { id: row.saved_by, name: row.saved_by_name },
    document: parseDocument(row.document),
  };
}

/** A stored document: it was checked when it was saved. */
function parseDocument(text: string): ReadingDocument {
  return readingDocumentSchema.parse(JSON.parse(text));
}

/** All versions of a reading, the newest first, without their documents. */
export async function listVersions(
  database: Database,
  readingId: number,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly z.output<typeof listedVersionSchema>[]> {
  const rows = await database
    .selectFrom("reading_version")
    .select(({ fn }) => [
      "version",
      "saved_at",
      "saved_by",
      "saved_by_name",
      fn<number>("octet_length", ["document"]).as("size"),
    ])
    .where("reading_id", "=", readingId)
    .orderBy("version", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    savedAt: row.saved_at.toISOString(),
    author: { id: row.saved_by, name: row.saved_by_name },
    sizeBytes: row.size,
  }));
}

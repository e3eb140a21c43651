import type { Kysely } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { memoryEntry, type ZipEntry } from "../zip/zip-entry.ts";

/** What was read of studies, as files: every version of what was written, who signed it, and what was added. */
export async function readingEntries(
  database: Kysely<ArchiveDatabase>,
  studyIds: readonly number[],
): Promise<readonly ZipEntry[]> {
  if (studyIds.length === 0) return [];
  const readings = await database
    .selectFrom("reading")
    .innerJoin("study", "study.id", "reading.study_id")
    .select(["reading.id", "protocol", "status", "study_instance_uid"])
    .where("reading.study_id", "in", studyIds)
    .orderBy("reading.id")
    .execute();
  const entries: ZipEntry[] = [];
  for (const { id, protocol, status, study_instance_uid: studyInstanceUid } of readings) {
    const versions = await database
      .selectFrom("reading_version")
      .select(["version", "saved_at", "saved_by", "saved_by_name", "document"])
      .where("reading_id", "=", id)
      .orderBy("version")
      .execute();
    const editions = await database
      .selectFrom("reading_edition")
      .select(["edition", "version", "addendum", "signed_at", "signed_by", "signer_name", "organization"])
      .where("reading_id", "=", id)
      .orderBy("edition")
      .execute();
    const shown = {
      ...{ studyInstanceUid, protocol, status },
      versions: versions.map(({ document, ...version }) => ({ ...version, document: JSON.parse(document) })),
      editions,
    };
    const name = `READINGS/${protocol.replaceAll("/", "-")}-${id}.json`;
    entries.push(memoryEntry(name, `${JSON.stringify(shown, null, 2)}\n`));
  }
  return entries;
}

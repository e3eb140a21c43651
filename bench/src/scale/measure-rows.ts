import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sharedDataPath } from "@etalon/testing";
import { sql } from "kysely";
import { fillStudies } from "../../../apps/server/src/archive/testing/fill-studies.ts";
import { openTestArchive, type TestArchive } from "../../../apps/server/src/archive/testing/open-test-archive.ts";

/** What rows of one table take of the database. */
export interface RowSize {
  readonly table: string;
  readonly rows: number;
  /** Bytes a row: the table with what it keeps outside its pages. */
  readonly heap: number;
  /** Bytes a row: its indexes. */
  readonly indexes: number;
}

/** Headers of scanners, as they came: Canon, GE and Siemens, CT and MR. */
const folders: readonly string[] = [
  "1-calcium/qrm-canon-large-rep1",
  "1-calcium/chest-ct-ibsi1-phantom",
  "5-brain/ct-head-ge-gantrytilt",
  "5-brain/gre-fieldmap-siemens-magphase",
];

/**
 * Fills an index with studies and series, and with instances whose headers are those of real scanners, repeated under other
 * UIDs and hashes; then asks PostgreSQL what each table takes.
 */
export async function measureRows({
  studies,
  instances,
}: {
  readonly studies: number;
  readonly instances: number;
}): Promise<{
  readonly sizes: readonly RowSize[];
  /** Stored files that the instances are made of. */
  readonly headers: number;
}> {
  const archive = await openTestArchive();
  try {
    const headers = await storeHeaders(archive);
    await multiplyInstances(archive, Math.ceil(instances / headers));
    const size = await sizeOf(archive, "instance");
    // Instances alone first: the studies below have none.
    await fillStudies(archive.database.kysely, archive.database.siteId, studies);
    return { headers, sizes: [await sizeOf(archive, "study"), await sizeOf(archive, "series"), size] };
  } finally {
    await archive.close();
  }
}

async function storeHeaders({ archive, scope }: TestArchive): Promise<number> {
  let stored = 0;
  for (const folder of folders) {
    const path = sharedDataPath(folder);
    if (path === undefined) throw new Error(`${folder} is not in the shared data`);
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      if (bytes.toString("latin1", 128, 132) !== "DICM") continue;
      const answer = await archive.store(scope, { form: "part10", bytes: inOnePiece(bytes) });
      if (answer.kind === "stored") stored += 1;
    }
  }
  return stored;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function multiplyInstances({ database: { kysely } }: TestArchive, times: number): Promise<void> {
  const columns = sql.raw(
    `sop_class_uid, instance_number, rows, columns, bits_allocated, number_of_frames, transfer_syntax_uid, size_bytes,
     data_set_offset, version, is_current, metadata, frame_offsets, received_at, received_from`,
  );
  await sql`
    INSERT INTO instance (series_id, sop_instance_uid, data_set_sha256, file_sha256, ${columns})
    SELECT series_id, sop_instance_uid || '.' || n, sha256(data_set_sha256 || n::text::bytea),
      sha256(file_sha256 || n::text::bytea), ${columns}
    FROM instance, generate_series(2, ${times}::integer) n`.execute(kysely);
  await sql`VACUUM (ANALYZE) instance`.execute(kysely);
}

async function sizeOf({ database: { kysely } }: TestArchive, table: string): Promise<RowSize> {
  const { rows } = await sql<{ readonly count: number; readonly heap: number; readonly indexes: number }>`
    SELECT (SELECT count(*) FROM ${sql.table(table)}) AS count, pg_table_size(${table}) AS heap, pg_indexes_size(${table}) AS indexes`.execute(
    kysely,
  );
  const { count = 0, heap = 0, indexes = 0 } = rows[0] ?? {};
  return { table, rows: count, heap: heap / count, indexes: indexes / count };
}

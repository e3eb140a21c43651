import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";

/** Repeats every instance of an index until it is there so many times, under other UIDs and hashes; no file. */
export async function multiplyInstances(database: Kysely<ArchiveDatabase>, times: number): Promise<void> {
  const columns = sql.raw(
    `sop_class_uid, instance_number, rows, columns, bits_allocated, number_of_frames, transfer_syntax_uid, size_bytes,
     data_set_offset, version, is_current, metadata, frame_offsets, received_at, received_from`,
  );
  await sql`
    INSERT INTO instance (series_id, sop_instance_uid, data_set_sha256, file_sha256, ${columns})
    SELECT series_id, sop_instance_uid || '.' || n, sha256(data_set_sha256 || n::text::bytea),
      sha256(file_sha256 || n::text::bytea), ${columns}
    FROM instance, generate_series(2, ${times}::integer) n`.execute(database);
  await sql`VACUUM (ANALYZE) instance`.execute(database);
}

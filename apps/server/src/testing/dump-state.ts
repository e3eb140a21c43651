import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "kysely";
import { debianPostgres15, startTestDatabase, type TestDatabase } from "./start-test-database.ts";

/** 32 bytes, each of one value: a hash that nothing has. */
const hashOf = (value: number): Buffer => Buffer.alloc(32, value);

/** A moment of which nothing depends on the clock. */
const moment = "2026-01-02T03:04:05Z";

/** Two versions of one instance, of a patient whose name has an accent, an apostrophe and an ideographic group. */
async function fill({ kysely, siteId }: TestDatabase): Promise<void> {
  const when = { received_at: moment, changed_at: moment };
  const { id: studyId } = await kysely
    .insertInto("study")
    .values({
      ...when,
      site_id: siteId,
      study_instance_uid: "1.2.3",
      patient_name: "O'Né^Zoé=王^小東",
      patient_name_folded: "O'NE ZOE=王 小東",
      patient_id: "A\\1",
      study_date: "20260102",
      modalities: ["CT", "SR"],
      sop_classes: ["1.2.840.10008.5.1.4.1.1.2"],
      series_count: 1,
      instance_count: 1,
      has_versions: true,
      attributes: JSON.stringify({
        "00100010": { vr: "PN", Value: [{ Alphabetic: "O'Né^Zoé", Ideographic: "王^小東" }] },
      }),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await fillWorklist(kysely, siteId);
  await fillStorageCommitment(kysely, siteId);
  const { id: seriesId } = await kysely
    .insertInto("series")
    .values({
      study_id: studyId,
      series_instance_uid: "1.2.3.1",
      instance_count: 1,
      attributes: "{}",
      changed_at: moment,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const version of [1, 2]) {
    await kysely
      .insertInto("instance")
      .values({
        series_id: seriesId,
        sop_instance_uid: "1.2.3.1.1",
        sop_class_uid: "1.2.840.10008.5.1.4.1.1.2",
        transfer_syntax_uid: "1.2.840.10008.1.2.1",
        number_of_frames: 1,
        data_set_sha256: hashOf(version),
        file_sha256: hashOf(16 + version),
        // Beyond 32 bits.
        size_bytes: 2 ** 32 + version,
        data_set_offset: 132,
        version,
        is_current: version === 2,
        metadata: new Uint8Array([0, 255, version]),
        frame_offsets: new Uint8Array(0),
        received_at: moment,
        received_from: "test",
      })
      .execute();
  }
}

/** One worklist item of that patient. */
async function fillWorklist(kysely: TestDatabase["kysely"], siteId: number): Promise<void> {
  await kysely
    .insertInto("worklist_item")
    .values({
      created_at: moment,
      changed_at: moment,
      site_id: siteId,
      accession_number: "A1",
      step_id: "S1",
      state: "started",
      study_instance_uid: "1.2.3",
      requested_procedure_id: "R1",
      patient_id: "A\\1",
      patient_name_folded: "O'NE ZOE=王 小東",
      station_ae_titles: ["CT1", "CT2"],
      modality: "CT",
      start_date: "20260102",
      start_time: "0930",
      attributes: JSON.stringify({ "00080050": { vr: "SH", Value: ["A1"] } }),
    })
    .execute();
}

/** A report on one instance of that patient, owed to whom it was stored by. */
async function fillStorageCommitment(kysely: TestDatabase["kysely"], siteId: number): Promise<void> {
  await kysely
    .insertInto("storage_commitment")
    .values({
      site_id: siteId,
      requester_ae_title: "CT1",
      transaction_uid: "1.2.3.9",
      is_duplicate: false,
      requested: JSON.stringify([{ sopClassUid: "1.2.840.10008.5.1.4.1.1.2", sopInstanceUid: "1.2.3.1.1" }]),
      failed: null,
      state: "owed",
      requested_at: moment,
      next_attempt_at: moment,
    })
    .execute();
}

/**
 * A database of the newest schema with a few rows, as Debian's pg_dump 15 writes it: what a later version of the program
 * must be able to migrate. The same bytes each time.
 */
export async function dumpState(): Promise<string> {
  const database = await startTestDatabase(debianPostgres15);
  try {
    await fill(database);
    await sql`UPDATE migration SET applied_at = ${moment}`.execute(database.kysely);
    const options = ["--inserts", "--no-owner", "--no-privileges", `--dbname=${database.connectionString}`];
    const { stdout } = await promisify(execFile)(join(debianPostgres15, "bin/pg_dump"), options);
    return withoutSession(stdout);
  } finally {
    await database.stop();
  }
}

/** Without comments, which name the very version of pg_dump, and without psql's own commands, which hold a random token. */
function withoutSession(dump: string): string {
  return `${dump
    .split("\n")
    .filter((line) => !line.startsWith("--") && !line.startsWith("\\"))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

import { canonicalJson, EtalonError, type JsonValue } from "@etalon/base";
import type { Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import { findReading, protocolOf, type ReadingRow } from "./find-reading.ts";
import { findVersion, type ReadingVersion, readVersion } from "./find-versions.ts";
import { noteReading } from "./note-reading.ts";
import { type ReadingDocument, refuseMeasured, refuseUnusable } from "./reading-document.ts";
import { tellReadingRow } from "./reading-event.ts";
import { type Database, measurementsOnly, type Reader, type ReadingKey, type ReadingPlace } from "./reading-place.ts";
import { refuseSigned } from "./refuse-signed.ts";
import { seriesOfRole } from "./series-of-role.ts";

/** What a document is saved on: the version that its writer has seen, `none` for the first. */
export type SavedOn = number | "none";

/** What came of saving. A stale one says how things stand, so that nothing is lost. */
export type Saved =
  | { readonly kind: "created" | "saved" | "unchanged"; readonly version: ReadingVersion }
  | {
      readonly kind: "stale";
      readonly current: ReadingVersion;
      /** What its writer had seen, where it ever was. */
      readonly base: ReadingVersion | undefined;
    };

/**
 * Saves a document as the next version of a reading, if its writer has seen the newest one. A preliminary report is a draft
 * again then. Every version stays.
 *
 * @throws {EtalonError} `study-not-found`, `unknown-name`, `series-not-found`, `reading-not-found`, `reading-signed`,
 *   `signing-under-way`, and as `refuseUnusable` and `refuseMeasured`
 */
export async function saveDocument(
  place: ReadingPlace,
  reader: Reader,
  asked: { readonly key: ReadingKey; readonly document: ReadingDocument; readonly on: SavedOn },
): Promise<Saved> {
  const { key, document, on } = asked;
  if (key.protocol === measurementsOnly) refuseMeasured(document);
  else refuseUnusable(protocolOf(key.protocol), document);
  return place.database.transaction().execute(async (transaction) => {
    const { study, reading } = await findReading(transaction, reader.scope, key);
    await requireSeries(transaction, study.id, document);
    if (reading === undefined) {
      if (on !== "none") throw new EtalonError("reading-not-found", { field: key.protocol });
      return begin(place, reader, { transaction, key, document, studyId: study.id });
    }
    const locked = await lock(transaction, reading.id);
    if (on !== locked.version) return stale(transaction, locked, on);
    await refuseSigned(transaction, locked);
    const current = await readVersion(transaction, locked.id, locked.version);
    if (sameJson(current.document, document)) return { kind: "unchanged", version: current };
    return continueReading(place, reader, { transaction, reading: locked, document });
  });
}

async function lock(transaction: Transaction<ArchiveDatabase>, id: number): Promise<ReadingRow> {
  return transaction.selectFrom("reading").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
}

async function stale(database: Database, reading: ReadingRow, on: SavedOn): Promise<Saved> {
  const current = await readVersion(database, reading.id, reading.version);
  const base = on === "none" ? undefined : await findVersion(database, reading.id, on);
  return { kind: "stale", current, base };
}

interface Beginning {
  readonly transaction: Transaction<ArchiveDatabase>;
  readonly key: ReadingKey;
  readonly document: ReadingDocument;
  readonly studyId: number;
}

/** The first version. Of two who begin at once the second is stale. */
async function begin(place: ReadingPlace, reader: Reader, { transaction, key, document, studyId }: Beginning) {
  const now = place.clock();
  const { scope, name } = reader;
  const inserted = await transaction
    .insertInto("reading")
    .values({
      site_id: scope.siteId,
      study_id: studyId,
      protocol: key.protocol,
      status: "reading",
      version: 1,
      changed_at: now,
      changed_by: scope.actor,
      changed_by_name: name ?? null,
    })
    .onConflict((conflict) => conflict.columns(["study_id", "protocol"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (inserted === undefined) {
    const { reading } = await findReading(transaction, scope, key);
    if (reading === undefined) throw new EtalonError("reading-not-found", { field: key.protocol });
    return stale(transaction, reading, "none");
  }
  const version = await insertVersion(place, reader, { transaction, readingId: inserted.id, version: 1, document });
  return { kind: "created" as const, version };
}

async function continueReading(
  place: ReadingPlace,
  reader: Reader,
  {
    transaction,
    reading,
    document,
  }: {
    readonly transaction: Transaction<ArchiveDatabase>;
    readonly reading: ReadingRow;
    readonly document: ReadingDocument;
  },
): Promise<Saved> {
  const version = reading.version + 1;
  await transaction
    .updateTable("reading")
    .set({
      version,
      status: "reading",
      changed_at: place.clock(),
      changed_by: reader.scope.actor,
      changed_by_name: reader.name ?? null,
      preliminary_version: null,
      preliminary_at: null,
      preliminary_by: null,
    })
    .where("id", "=", reading.id)
    .execute();
  const saved = await insertVersion(place, reader, { transaction, readingId: reading.id, version, document });
  return { kind: "saved", version: saved };
}

async function insertVersion(
  place: ReadingPlace,
  { scope, name }: Reader,
  added: {
    readonly transaction: Transaction<ArchiveDatabase>;
    readonly readingId: number;
    readonly version: number;
    readonly document: ReadingDocument;
  },
): Promise<ReadingVersion> {
  const { transaction, readingId, version, document } = added;
  await transaction
    .insertInto("reading_version")
    .values({
      reading_id: readingId,
      version,
      document: JSON.stringify(document),
      saved_at: place.clock(),
      saved_by: scope.actor,
      saved_by_name: name ?? null,
    })
    .execute();
  await tellReadingRow(transaction, readingId, { change: "saved", by: scope.actor });
  const saved = await readVersion(transaction, readingId, version);
  await noteReading(transaction, { audit: place.audit, scope }, { action: "write", readingId });
  return saved;
}

/** @throws {EtalonError} `series-not-found` for a role's series that is not in the study */
async function requireSeries(database: Database, studyId: number, { roles }: ReadingDocument): Promise<void> {
  const wanted = [...new Set(Object.values(roles).map(seriesOfRole))];
  if (wanted.length === 0) return;
  const rows = await database
    .selectFrom("series")
    .select("series_instance_uid")
    .where("study_id", "=", studyId)
    .where("series_instance_uid", "in", wanted)
    .execute();
  const known = new Set(rows.map((row) => row.series_instance_uid));
  const missing = wanted.find((uid) => !known.has(uid));
  if (missing !== undefined) throw new EtalonError("series-not-found", { field: missing });
}

function sameJson(one: ReadingDocument, other: ReadingDocument): boolean {
  // Checked by their schema: plain JSON all through.
  return canonicalJson(plain(one)) === canonicalJson(plain(other));
}

function plain(document: ReadingDocument): JsonValue {
  return JSON.parse(JSON.stringify(document)) as JsonValue;
}

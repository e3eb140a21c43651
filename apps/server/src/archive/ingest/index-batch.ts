import { EtalonError } from "@etalon/base";
import { type Kysely, sql, type Transaction } from "kysely";
import { retryConflicts } from "../../database/retry-conflicts.ts";
import type { ArchiveDatabase } from "../../database/schema.ts";
import type { BlobStore, StoredBlob } from "../../store/blob-store.ts";
import type { AccessScope } from "../access-scope.ts";
import { takeLocks } from "../advisory-locks.ts";
import type { ChangeHook } from "../archive-change.ts";
import type { InstanceEntry } from "./instance-entry.ts";
import type { ObjectIdentity } from "./object-identity.ts";
import { knownIds, type RowPlace, writeFirstRows, writeRows } from "./write-rows.ts";

/** What the index made of an object. */
export interface IndexOutcome {
  readonly kind: "stored" | "identical" | "new-version";
  /** The file that the index names, of an identical data set the one that came first. */
  readonly fileSha256: string;
}

/** Where objects are indexed. */
export interface IndexPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly store: BlobStore;
  readonly onChange: ChangeHook | undefined;
}

/** What became of each object of a batch, in its order. */
export type BatchOutcome = readonly ({ readonly outcome: IndexOutcome } | { readonly thrown: EtalonError })[];

/**
 * Makes objects of one study findable, in one transaction that is on the disk when this settles, and is committed once the bytes
 * of all of them are. The same data set is indexed once, however often and by whichever way it comes, also at the same time;
 * another data set under the UID becomes the current version, and the study is flagged. An object whose bytes were swept away
 * between is `blob-missing`, which a new attempt heals.
 *
 * @throws {EtalonError} what the store says of the bytes of one of them, `blob-missing`; none is indexed then
 */
export function indexBatch(
  { database, store, onChange }: IndexPlace,
  entries: readonly [InstanceEntry, ...InstanceEntry[]],
): Promise<BatchOutcome> {
  return retryConflicts(() =>
    database.transaction().execute(async (transaction) => {
      const { outcomes, studyId } = await indexIn(transaction, store, entries);
      if (onChange !== undefined) await tell(transaction, { entries, outcomes, studyId, onChange });
      return outcomes;
    }),
  );
}

async function indexIn(
  transaction: Transaction<ArchiveDatabase>,
  store: BlobStore,
  entries: readonly [InstanceEntry, ...InstanceEntry[]],
): Promise<{ readonly outcomes: BatchOutcome; readonly studyId: number | undefined }> {
  const [{ scope, prepared }] = entries;
  await takeLocks(transaction, {
    study: [scope.siteId, prepared.identity.studyInstanceUid],
    instances: entries.map((entry) => [scope.siteId, uidOf(entry)]),
    keptBlobs: entries.map(({ blob }) => blob.sha256),
  });
  const known = await knownIds(transaction, entries);
  const seen = new Set<string>();
  const fresh = entries.filter((entry) => {
    if (known.sopInstanceUids.has(uidOf(entry)) || seen.has(uidOf(entry))) return false;
    seen.add(uidOf(entry));
    return true;
  });
  const studyId = fresh.length > 0 ? await writeFirstRows(transaction, fresh, known) : known.studyId;
  await Promise.all(entries.map(({ kept }) => kept));
  // The blobs are locked: what is there now stays.
  await Promise.all(fresh.map(({ blob }) => requireBlob(store, blob)));
  const outcomes: BatchOutcome[number][] = [];
  for (const entry of entries) {
    outcomes.push(
      fresh.includes(entry)
        ? { outcome: { kind: "stored", fileSha256: entry.blob.sha256 } }
        : await outcomeOf(indexAmong(transaction, store, entry)),
    );
  }
  return { outcomes, studyId };
}

interface Indexed {
  readonly entries: readonly [InstanceEntry, ...InstanceEntry[]];
  readonly outcomes: BatchOutcome;
  /** Where it is known by now. */
  readonly studyId: number | undefined;
  readonly onChange: ChangeHook;
}

/** One change for each of those who brought something. */
async function tell(transaction: Transaction<ArchiveDatabase>, indexed: Indexed): Promise<void> {
  const { entries, outcomes, onChange } = indexed;
  const kept = entries.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome !== undefined && "outcome" in outcome;
  });
  if (kept.length === 0) return;
  const studyId = indexed.studyId ?? (await readStudyId(transaction, entries[0]));
  const counts = new Map<string, { readonly scope: AccessScope; count: number }>();
  for (const entry of kept) {
    const { actor, purpose, addressClass = "unknown" } = entry.scope;
    const key = JSON.stringify([actor, purpose, addressClass]);
    const counted = counts.get(key) ?? { scope: entry.scope, count: 0 };
    counted.count += 1;
    counts.set(key, counted);
  }
  await onChange(
    transaction,
    [...counts.values()].map((counted) => ({ kind: "stored", studyId, ...counted })),
  );
}

async function readStudyId(
  transaction: Transaction<ArchiveDatabase>,
  { scope, prepared }: InstanceEntry,
): Promise<number> {
  const { id } = await transaction
    .selectFrom("study")
    .select("id")
    .where("site_id", "=", scope.siteId)
    .where("study_instance_uid", "=", prepared.identity.studyInstanceUid)
    .executeTakeFirstOrThrow();
  return id;
}

/** The archive's own errors are the object's; what the database throws ends the transaction. */
async function outcomeOf(indexing: Promise<IndexOutcome>): Promise<BatchOutcome[number]> {
  try {
    return { outcome: await indexing };
  } catch (thrown) {
    if (thrown instanceof EtalonError) return { thrown };
    throw thrown;
  }
}

/** An object whose UID may be there already. */
async function indexAmong(
  transaction: Transaction<ArchiveDatabase>,
  store: BlobStore,
  entry: InstanceEntry,
): Promise<IndexOutcome> {
  const { scope, prepared, blob, dataSetSha256 } = entry;
  const known = await versionsOf(transaction, scope.siteId, [uidOf(entry)]);
  const same = known.find((row) => row.data_set_sha256.toString("hex") === dataSetSha256);
  if (same !== undefined) return { kind: "identical", fileSha256: await healed(transaction, store, { same, entry }) };
  await requireBlob(store, blob);
  await writeRows(transaction, entry, placeAmong(known, prepared.identity));
  return { kind: known.length > 0 ? "new-version" : "stored", fileSha256: blob.sha256 };
}

function uidOf({ prepared }: InstanceEntry): string {
  return prepared.identity.sopInstanceUid;
}

async function requireBlob(store: BlobStore, { sha256, sizeBytes }: StoredBlob): Promise<void> {
  const size = await store.sizeOf(sha256);
  if (size !== sizeBytes) throw new EtalonError("blob-missing", { field: sha256, received: size ?? "none" });
}

function placeAmong(known: Awaited<ReturnType<typeof versionsOf>>, identity: ObjectIdentity): RowPlace {
  const inSeries = known.filter(
    (row) =>
      row.series_instance_uid === identity.seriesInstanceUid && row.study_instance_uid === identity.studyInstanceUid,
  );
  return {
    version: 1 + Math.max(0, ...known.map(({ version }) => version)),
    isFirstInSeries: inSeries.length === 0,
    isNewVersion: known.length > 0,
    olderIds: inSeries.filter((row) => row.is_current).map(({ id }) => id),
    otherStudyIds: [...new Set(known.map((row) => row.study_id))],
  };
}

/** Every data set that the site has under SOP Instance UIDs. */
function versionsOf(transaction: Transaction<ArchiveDatabase>, siteId: number, uids: readonly string[]) {
  return transaction
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .select([
      "instance.id",
      "instance.sop_instance_uid",
      "instance.version",
      "instance.is_current",
      "instance.data_set_sha256",
      "instance.file_sha256",
      "instance.size_bytes",
      "series.series_instance_uid",
      "study.study_instance_uid",
      "study.id as study_id",
    ])
    .where("study.site_id", "=", siteId)
    .where(sql<boolean>`instance.sop_instance_uid = ANY(${uids}::text[])`)
    .execute();
}

/**
 * The file of a data set that came before. Where the store has lost it or a part of it, what came now takes its place: an object is never
 * acknowledged without its bytes.
 */
async function healed(
  transaction: Transaction<ArchiveDatabase>,
  store: BlobStore,
  found: {
    readonly same: { readonly id: number; readonly file_sha256: Buffer; readonly size_bytes: string | number | bigint };
    readonly entry: InstanceEntry;
  },
): Promise<string> {
  const { blob, prepared } = found.entry;
  const fileSha256 = found.same.file_sha256.toString("hex");
  if ((await store.sizeOf(fileSha256)) === Number(found.same.size_bytes)) return fileSha256;
  await requireBlob(store, blob);
  await transaction
    .updateTable("instance")
    .set({
      file_sha256: Buffer.from(blob.sha256, "hex"),
      size_bytes: blob.sizeBytes,
      data_set_offset: prepared.dataSetOffset,
      frame_offsets: prepared.frameTable,
      metadata: prepared.metadata,
    })
    .where("id", "=", found.same.id)
    .execute();
  return blob.sha256;
}

import type { ArchivePlace } from "./archive-place.ts";
import { finishRemovals } from "./finish-removals.ts";
import { noteBlobs } from "./note-blobs.ts";

/** What the check of store against index found, of all sites together: it is no answer to any of their users. */
export interface Reconciliation {
  readonly checkedBlobs: number;
  /** Blobs that were removed: of deletions that a crash had interrupted, and orphans. */
  readonly removedBlobs: readonly string[];
  /** Blobs that no row names, older than the grace period, that were left alone. */
  readonly keptOrphans: number;
  readonly checkedInstances: number;
  /** Rows whose bytes are gone or of another length: nothing that is done here mends them. */
  readonly damaged: readonly {
    readonly siteId: number;
    readonly sopInstanceUid: string;
    readonly fileSha256: string;
    readonly expectedBytes: number;
    readonly foundBytes: number | undefined;
  }[];
}

/** How store and index are compared. */
export interface ReconcileOptions {
  /** Age from which a blob without a row is an orphan, milliseconds. */
  readonly graceMs: number;
  /**
   * Whether orphans are removed, once they have been orphans for another {@link graceMs}. They are what a crash left, and just
   * as well the images of a store whose database was brought back from an older copy: where there are many, all stay.
   */
  readonly removesOrphans: boolean;
  /** Ends it early, with the signal's reason thrown. */
  readonly signal?: AbortSignal;
}

/**
 * What crashes leave: the uploads that were under way, a few each time. More, in number and as a share of all, is a store with
 * the wrong database.
 */
const [fewOrphans, fewOfAll] = [100, 0.001];

/** Rows and blobs looked at together. */
const batchLength = 1000;

/**
 * Compares store and index, both ways. Runs beside everything else: a blob younger than the grace period may be one whose
 * row is being written.
 */
export async function reconcile(place: ArchivePlace, options: ReconcileOptions): Promise<Reconciliation> {
  const { graceMs, removesOrphans, signal } = options;
  const now = place.clock();
  const signals = signal === undefined ? {} : { signal };
  const finished = await finishRemovals(place, { reason: "deleted", notedBefore: now, ...signals });
  const { checkedBlobs, orphans } = await findOrphans(place, options);
  const isLikelyCrash = orphans.length <= Math.max(fewOrphans, checkedBlobs * fewOfAll);
  let removed: readonly string[] = [];
  if (removesOrphans && isLikelyCrash) {
    await noteBlobs(place.database, orphans, { reason: "orphan", at: now });
    removed = await finishRemovals(place, {
      reason: "orphan",
      notedBefore: new Date(now.getTime() - graceMs),
      ...signals,
    });
  }
  const keptOrphans = orphans.length - removed.length;
  const removedBlobs = [...finished, ...removed];
  return { checkedBlobs, removedBlobs, keptOrphans, ...(await findDamaged(place, signal)) };
}

async function findOrphans(
  place: ArchivePlace,
  { graceMs, signal }: ReconcileOptions,
): Promise<{ readonly checkedBlobs: number; readonly orphans: readonly string[] }> {
  const oldest = place.clock().getTime() - graceMs;
  const orphans: string[] = [];
  let checkedBlobs = 0;
  let batch: string[] = [];
  const check = async (): Promise<void> => {
    const named = await namedAmong(place, batch);
    orphans.push(...batch.filter((sha256) => !named.has(sha256)));
    batch = [];
  };
  for await (const { sha256, storedAt } of place.store.list()) {
    signal?.throwIfAborted();
    checkedBlobs += 1;
    if (storedAt !== undefined && storedAt.getTime() > oldest) continue;
    batch.push(sha256);
    if (batch.length === batchLength) await check();
  }
  await check();
  return { checkedBlobs, orphans };
}

async function namedAmong({ database }: ArchivePlace, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  if (blobs.length === 0) return new Set();
  const rows = await database
    .selectFrom("instance")
    .select("file_sha256")
    .where(
      "file_sha256",
      "in",
      blobs.map((sha256) => Buffer.from(sha256, "hex")),
    )
    .execute();
  return new Set(rows.map((row) => row.file_sha256.toString("hex")));
}

async function findDamaged(
  place: ArchivePlace,
  signal: AbortSignal | undefined,
): Promise<Pick<Reconciliation, "checkedInstances" | "damaged">> {
  const { database, store } = place;
  const damaged: Reconciliation["damaged"][number][] = [];
  let checkedInstances = 0;
  for (let after = 0; ; ) {
    const rows = await database
      .selectFrom("instance")
      .innerJoin("series", "series.id", "instance.series_id")
      .innerJoin("study", "study.id", "series.study_id")
      .select([
        "instance.id",
        "study.site_id",
        "instance.sop_instance_uid",
        "instance.file_sha256",
        "instance.size_bytes",
      ])
      .where("instance.id", ">", after)
      .orderBy("instance.id")
      .limit(batchLength)
      .execute();
    for (const row of rows) {
      signal?.throwIfAborted();
      const fileSha256 = row.file_sha256.toString("hex");
      const expectedBytes = Number(row.size_bytes);
      const foundBytes = await store.sizeOf(fileSha256);
      if (foundBytes === expectedBytes || !(await isStillThere(place, row.id))) continue;
      const { site_id: siteId, sop_instance_uid: sopInstanceUid } = row;
      damaged.push({ siteId, sopInstanceUid, fileSha256, expectedBytes, foundBytes });
    }
    checkedInstances += rows.length;
    const last = rows.at(-1);
    if (last === undefined) return { checkedInstances, damaged };
    after = last.id;
  }
}

/** A row may have been removed, with its blob, since it was read. */
async function isStillThere({ database }: ArchivePlace, id: number): Promise<boolean> {
  return (await database.selectFrom("instance").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}

import { createHash } from "node:crypto";
import { EtalonError } from "@etalon/base";
import { dimseStatus } from "@etalon/dicom/network";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { BlobStore } from "../store/blob-store.ts";
import type { FailedReference, InstanceReference } from "./commitment-request.ts";

/** Where instances and their bytes are looked for. */
export interface CommitmentPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly store: BlobStore;
  readonly log: Logger;
}

interface StoredFile {
  readonly sopClassUid: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Instances of one question to the database. */
const batchSize = 500;

/**
 * What of `references` cannot be committed to: not there (0112H), there under another SOP class (0119H), or with bytes that
 * are gone or damaged (0110H). A current row alone is not enough, as the peer deletes its copy on our word: the stored file is
 * read to its end and must have the size and SHA-256 that it was received with. An aborted `signal` rejects.
 */
export async function checkInstances(
  place: CommitmentPlace,
  { siteId, references }: { readonly siteId: number; readonly references: readonly InstanceReference[] },
  signal: AbortSignal,
): Promise<readonly FailedReference[]> {
  const failed: FailedReference[] = [];
  for (let first = 0; first < references.length; first += batchSize) {
    const batch = references.slice(first, first + batchSize);
    const files = await findFiles(place, siteId, batch);
    for (const reference of batch) {
      signal.throwIfAborted();
      const failureReason = await reasonOf(place, reference, files.get(reference.sopInstanceUid) ?? []);
      if (failureReason !== undefined) failed.push({ ...reference, failureReason });
    }
  }
  return failed;
}

/** The current files by SOP Instance UID: more than one where a UID is used in several series. */
async function findFiles(
  { database }: CommitmentPlace,
  siteId: number,
  references: readonly InstanceReference[],
): Promise<ReadonlyMap<string, readonly StoredFile[]>> {
  const uids = references.map(({ sopInstanceUid }) => sopInstanceUid);
  const rows = await database
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .select(["instance.sop_instance_uid", "instance.sop_class_uid", "instance.file_sha256", "instance.size_bytes"])
    .where("study.site_id", "=", siteId)
    .where("instance.is_current", "=", true)
    .where("instance.sop_instance_uid", "in", uids)
    .execute();
  const files = new Map<string, StoredFile[]>();
  for (const row of rows) {
    const { sop_instance_uid: uid, sop_class_uid: sopClassUid } = row;
    const file = { sopClassUid, sha256: row.file_sha256.toString("hex"), sizeBytes: Number(row.size_bytes) };
    files.set(uid, [...(files.get(uid) ?? []), file]);
  }
  return files;
}

async function reasonOf(
  place: CommitmentPlace,
  { sopClassUid, sopInstanceUid }: InstanceReference,
  files: readonly StoredFile[],
): Promise<number | undefined> {
  if (files.length === 0) return dimseStatus.noSuchSopInstance;
  const ofClass = files.filter((file) => file.sopClassUid === sopClassUid);
  if (ofClass.length === 0) return dimseStatus.classInstanceConflict;
  for (const file of ofClass) {
    if (await isIntact(place.store, file)) continue;
    place.log.error(
      { sopInstanceUid, fileSha256: file.sha256 },
      "an image was not committed to: its bytes are damaged",
    );
    return dimseStatus.processingFailure;
  }
  return undefined;
}

async function isIntact(store: BlobStore, { sha256, sizeBytes }: StoredFile): Promise<boolean> {
  try {
    if ((await store.sizeOf(sha256)) !== sizeBytes) return false;
    const hash = createHash("sha256");
    for await (const chunk of await store.open(sha256)) hash.update(chunk);
    return hash.digest("hex") === sha256;
  } catch (thrown) {
    if (thrown instanceof EtalonError) return false;
    throw thrown;
  }
}

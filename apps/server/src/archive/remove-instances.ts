import { EtalonError } from "@etalon/base";
import { type Kysely, sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AccessScope } from "./access-scope.ts";
import { takeLocks } from "./advisory-locks.ts";
import type { InstanceSelector } from "./archive.ts";
import type { ChangeHook } from "./archive-change.ts";
import type { ArchivePlace } from "./archive-place.ts";
import { askable } from "./find-instances.ts";
import { noteBlobs } from "./note-blobs.ts";
import { removeUnnamedBlob } from "./remove-unnamed-blob.ts";
import { isVisible } from "./visible-studies.ts";

/** What a retention rule judges: a study, and what of it somebody wants to remove. */
export interface RemovalRequest {
  readonly scope: AccessScope;
  readonly selector: InstanceSelector;
  /** When the study's first instance came. */
  readonly receivedAt: Date;
  readonly studyDate: string | null;
}

/**
 * Until when a study must be kept; `undefined` where it may go. Asked before each removal, in its transaction, which it is given
 * to ask the database in.
 *
 * @throws {EtalonError} `legal-hold`
 */
export type RetentionRule = (
  request: RemovalRequest,
  now: Date,
  transaction?: Kysely<ArchiveDatabase>,
) => Promise<Date | undefined>;

/**
 * Decides whether a study, or some of it, may be removed: asked before every removal, whoever wants it and why, and before the
 * first study of a patient's erasure goes.
 *
 * @throws {EtalonError} `retained`, `legal-hold`
 */
export async function refuseRemoval(
  {
    retention,
    now,
    transaction,
  }: {
    readonly retention: RetentionRule | undefined;
    readonly now: Date;
    readonly transaction?: Kysely<ArchiveDatabase>;
  },
  request: RemovalRequest,
): Promise<void> {
  const until = await retention?.(request, now, transaction);
  if (until === undefined || until <= now) return;
  throw new EtalonError("retained", { field: request.selector.studyInstanceUid, received: until.toISOString() });
}

/**
 * See `Archive.remove`: every version of what is selected, or the one that a hash names, whose predecessor becomes the
 * current one then. Bytes go once the rows are gone for good; which ones is noted with the rows' removal, so that {@link
 * finishRemovals} does what a crash left undone.
 *
 * @returns how many data sets were removed
 * @throws {EtalonError} `retained`, `legal-hold`
 */
export async function removeInstances(
  place: ArchivePlace & {
    readonly retention?: RetentionRule | undefined;
    readonly onChange?: ChangeHook | undefined;
  },
  scope: AccessScope,
  asked: InstanceSelector,
): Promise<number> {
  const selector = askable(asked);
  const files = await place.database.transaction().execute(async (transaction) => {
    await takeLocks(transaction, { study: [scope.siteId, selector.studyInstanceUid] });
    const study = await transaction
      .selectFrom("study")
      .select(["id", "received_at", "study_date"])
      .where(isVisible(scope))
      .where("study_instance_uid", "=", selector.studyInstanceUid)
      .executeTakeFirst();
    if (study === undefined) return [];
    const now = place.clock();
    const request = { scope, selector, receivedAt: study.received_at, studyDate: study.study_date };
    await refuseRemoval({ retention: place.retention, now, transaction }, request);
    const removed = await deleteRows(transaction, study.id, selector);
    await noteBlobs(transaction, removed, { reason: "deleted", at: now });
    if (removed.length > 0) await recount(transaction, study.id, now);
    const count = removed.length;
    if (count > 0) await place.onChange?.(transaction, [{ kind: "removed", scope, studyId: study.id, count }]);
    return removed;
  });
  for (const sha256 of new Set(files)) await removeUnnamedBlob(place, sha256);
  return files.length;
}

/** Deletes the instances' rows; returns the files that they named. */
async function deleteRows(
  transaction: Transaction<ArchiveDatabase>,
  studyId: number,
  { seriesInstanceUid, sopInstanceUid, dataSetSha256 }: InstanceSelector,
): Promise<readonly string[]> {
  const rows = await transaction
    .deleteFrom("instance")
    .using("series")
    .whereRef("series.id", "=", "instance.series_id")
    .where("series.study_id", "=", studyId)
    .$if(seriesInstanceUid !== undefined, (query) =>
      query.where("series.series_instance_uid", "=", seriesInstanceUid ?? ""),
    )
    .$if(sopInstanceUid !== undefined, (query) => query.where("instance.sop_instance_uid", "=", sopInstanceUid ?? ""))
    .$if(dataSetSha256 !== undefined, (query) =>
      query.where("instance.data_set_sha256", "=", Buffer.from(dataSetSha256 ?? "", "hex")),
    )
    .returning("instance.file_sha256")
    .execute();
  return rows.map((row) => row.file_sha256.toString("hex"));
}

/** Brings what is counted of a study in line with the instances that are left; an empty series or study goes too. */
async function recount(transaction: Transaction<ArchiveDatabase>, studyId: number, now: Date): Promise<void> {
  await sql`
    update instance set is_current = true
    from (
      select distinct on (i.series_id, i.sop_instance_uid) i.id
      from instance i join series s on s.id = i.series_id
      where s.study_id = ${studyId}
      order by i.series_id, i.sop_instance_uid, i.version desc
    ) latest
    where instance.id = latest.id and not instance.is_current`.execute(transaction);
  await sql`
    delete from series
    where study_id = ${studyId} and not exists (select from instance where series_id = series.id)`.execute(transaction);
  await sql`
    update series
    set instance_count = (select count(*) from instance where series_id = series.id and is_current), changed_at = ${now},
      needs_matching = needs_matching or instance_count <>
        (select count(*) from instance where series_id = series.id and is_current)
    where study_id = ${studyId}`.execute(transaction);
  await sql`
    update study set
      series_count = (select count(*) from series where study_id = study.id),
      instance_count = (select coalesce(sum(instance_count), 0) from series where study_id = study.id),
      modalities = array(
        select distinct modality from series where study_id = study.id and modality is not null order by modality),
      sop_classes = array(
        select distinct sop_class_uid from instance join series on series.id = instance.series_id
        where series.study_id = study.id and sop_class_uid <> '' order by sop_class_uid),
      has_versions = exists (
        select from instance ours join series on series.id = ours.series_id
        join instance other on other.sop_instance_uid = ours.sop_instance_uid and other.id <> ours.id
        join series other_series on other_series.id = other.series_id
        join study other_study on other_study.id = other_series.study_id
        where series.study_id = study.id and other_study.site_id = study.site_id),
      changed_at = ${now}
    where id = ${studyId}`.execute(transaction);
  await sql`
    delete from study where id = ${studyId} and not exists (select from series where study_id = study.id)`.execute(
    transaction,
  );
}

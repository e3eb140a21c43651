import { type SqlBool, sql } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import { refuseRemoval } from "../archive/remove-instances.ts";
import { eventOf } from "../audit/event-of.ts";
import { findPatient, type PatientKey, type PatientStudy } from "./find-patient.ts";
import type { PatientRoutes } from "./patient-routes.ts";
import { removeFilesLeft } from "./remove-files-left.ts";

/** Why a patient is erased. */
export const erasureReasons = ["patient-request", "court-order", "retention-over", "mistake"] as const;

/** What was asked. */
export interface AskedErasure extends PatientKey {
  readonly reason: (typeof erasureReasons)[number];
  /** Number of the request's file: no name. */
  readonly reference?: string | undefined;
}

/** How much went. */
export interface ErasureCounts extends Readonly<Record<string, number>> {
  readonly studies: number;
  readonly instances: number;
  readonly results: number;
  readonly readings: number;
  readonly worklistItems: number;
  readonly grants: number;
  readonly commitments: number;
  /** Files that a backup still reads: they go within an hour of its end. */
  readonly filesLeft: number;
}

/** The trace of an erasure: numbers and row ids. */
export interface Erasure {
  readonly id: number;
  readonly counts: ErasureCounts;
}

/**
 * Erases all that a site has of a patient, and writes down that it did: how much, when, who and why, and nothing of whom. All
 * of it is refused where one study may not go. What is cut off is asked for again: what is left goes then.
 *
 * @throws {EtalonError} `patient-not-found`, `retained`
 */
export async function erasePatient(
  routes: PatientRoutes,
  scope: AccessScope,
  { reason, reference, ...key }: AskedErasure,
): Promise<Erasure> {
  const { database, archive, audit, clock } = routes;
  const { studies, worklist } = await findPatient(database, scope, key);
  await refuseRetained(routes, scope, studies);
  const ids = studies.map(({ id }) => id);
  const uids = studies.map(({ studyInstanceUid }) => studyInstanceUid);
  const files = await filesOf(routes, ids);
  const results = await countResults(routes, ids);
  const readings = await countReadings(routes, ids);
  const { id } = await database
    .insertInto("erasure")
    .values({
      site_id: scope.siteId,
      erased_by: scope.actor,
      reason,
      reference: reference ?? null,
      study_ids: ids,
      counts: "{}",
      files_left: [...new Set(files.map(({ sha256 }) => sha256))],
      begun_at: clock(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  let instances = 0;
  for (const studyInstanceUid of uids) instances += await archive.remove(scope, { studyInstanceUid });
  const named = await removeRowsOf(routes, scope, { key, uids, itemIds: worklist.map((item) => item.id), files });
  const filesLeft = await removeFilesLeft(routes, id);
  const counts: ErasureCounts = { studies: ids.length, instances, results, readings, ...named, filesLeft };
  await database.transaction().execute(async (transaction) => {
    const ended = { ended_at: clock(), counts: JSON.stringify(counts) };
    await transaction.updateTable("erasure").set(ended).where("id", "=", id).execute();
    const object = { kind: "erasure" as const, id: String(id) };
    const event = eventOf(scope, { action: "remove", outcome: "success", object, count: instances });
    await audit.recordIn(transaction, [event]);
  });
  return { id, counts };
}

/** @throws {EtalonError} `retained` */
async function refuseRetained(
  { retention, clock }: PatientRoutes,
  scope: AccessScope,
  studies: readonly PatientStudy[],
): Promise<void> {
  const now = clock();
  for (const { studyInstanceUid, receivedAt, studyDate } of studies) {
    await refuseRemoval({ retention, now }, { scope, selector: { studyInstanceUid }, receivedAt, studyDate });
  }
}

interface NamedFile {
  readonly sha256: string;
  readonly sopInstanceUid: string;
}

/** Every file of studies, of all versions. */
async function filesOf({ database }: PatientRoutes, studyIds: readonly number[]): Promise<readonly NamedFile[]> {
  const rows = await database
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .select(["file_sha256", "sop_instance_uid"])
    .where(sql<SqlBool>`series.study_id = ANY (${studyIds}::integer[])`)
    .execute();
  return rows.map((row) => ({ sha256: row.file_sha256.toString("hex"), sopInstanceUid: row.sop_instance_uid }));
}

/** Results go with their series. */
async function countResults({ database }: PatientRoutes, studyIds: readonly number[]): Promise<number> {
  const { total } = await database
    .selectFrom("result")
    .innerJoin("series", "series.id", "result.series_id")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .where(sql<SqlBool>`series.study_id = ANY (${studyIds}::integer[])`)
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Readings go with their study, signed ones too. */
async function countReadings({ database }: PatientRoutes, studyIds: readonly number[]): Promise<number> {
  const { total } = await database
    .selectFrom("reading")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .where(sql<SqlBool>`study_id = ANY (${studyIds}::integer[])`)
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** What names the patient or their studies without being part of them. */
async function removeRowsOf(
  { database, clock }: PatientRoutes,
  { siteId }: AccessScope,
  of: {
    readonly key: PatientKey;
    readonly uids: readonly string[];
    readonly itemIds: readonly number[];
    readonly files: readonly NamedFile[];
  },
): Promise<Pick<ErasureCounts, "worklistItems" | "grants" | "commitments">> {
  const issuer = of.key.issuerOfPatientId ?? null;
  const sopInstanceUids = of.files.map(({ sopInstanceUid }) => sopInstanceUid);
  return database.transaction().execute(async (transaction) => {
    const items = await transaction
      .deleteFrom("worklist_item")
      .where(sql<SqlBool>`id = ANY (${of.itemIds}::integer[])`)
      .executeTakeFirst();
    const grants = await transaction
      .deleteFrom("study_grant")
      .where("site_id", "=", siteId)
      .where(
        sql<SqlBool>`(study_instance_uid = ANY (${of.uids}::text[]) OR (patient_id = ${of.key.patientId}
          AND issuer_of_patient_id IS NOT DISTINCT FROM ${issuer}))`,
      )
      .executeTakeFirst();
    const commitments = await transaction
      .deleteFrom("storage_commitment")
      .where("site_id", "=", siteId)
      .where(
        sql<SqlBool>`EXISTS (SELECT FROM jsonb_array_elements(requested) asked
          WHERE asked ->> 'sopInstanceUid' = ANY (${sopInstanceUids}::text[]))`,
      )
      .executeTakeFirst();
    // A share that gives nothing any more still has words about somebody.
    await transaction
      .updateTable("share")
      .set({ note: "", revoked_at: sql<Date>`coalesce(revoked_at, ${clock()})` })
      .where("site_id", "=", siteId)
      .where(sql<SqlBool>`NOT EXISTS (SELECT FROM share_study WHERE share_id = share.id)`)
      .execute();
    return {
      worklistItems: Number(items.numDeletedRows),
      grants: Number(grants.numDeletedRows),
      commitments: Number(commitments.numDeletedRows),
    };
  });
}

import { EtalonError } from "@etalon/base";
import { type Kysely, type SqlBool, sql } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { ArchiveDatabase } from "../database/schema.ts";

/** Who somebody is here: an ID, and who gave it. */
export interface PatientKey {
  readonly patientId: string;
  /** Absent: only of what names no issuer. */
  readonly issuerOfPatientId?: string | undefined;
}

/** A study of a patient. */
export interface PatientStudy {
  readonly id: number;
  readonly studyInstanceUid: string;
  readonly receivedAt: Date;
  readonly studyDate: string | null;
}

/** What a site has of a patient, by its rows. */
export interface FoundPatient {
  readonly studies: readonly PatientStudy[];
  readonly worklist: readonly { readonly id: number; readonly attributes: Readonly<Record<string, unknown>> }[];
}

/** The studies of a patient, and the worklist items of the patient or of these studies. @throws {EtalonError} `patient-not-found` */
export async function findPatient(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  { patientId, issuerOfPatientId }: PatientKey,
): Promise<FoundPatient> {
  const issuer = issuerOfPatientId ?? null;
  const rows = await database
    .selectFrom("study")
    .select(["id", "study_instance_uid", "received_at", "study_date"])
    .where(isVisible(scope))
    .where("patient_id", "=", patientId)
    .where(sql<SqlBool>`issuer_of_patient_id IS NOT DISTINCT FROM ${issuer}`)
    .orderBy("study_date")
    .orderBy("id")
    .execute();
  const uids = rows.map((row) => row.study_instance_uid);
  const worklist = await database
    .selectFrom("worklist_item")
    .select(["id", "attributes"])
    .where("site_id", "=", scope.siteId)
    .where(
      sql<SqlBool>`(study_instance_uid = ANY (${uids}) OR (patient_id = ${patientId}
        AND attributes #>> '{00100021,Value,0}' IS NOT DISTINCT FROM ${issuer}))`,
    )
    .orderBy("id")
    .execute();
  if (rows.length === 0 && worklist.length === 0) throw new EtalonError("patient-not-found", { field: "patientId" });
  const studies = rows.map((row) => ({
    id: row.id,
    studyInstanceUid: row.study_instance_uid,
    receivedAt: row.received_at,
    studyDate: row.study_date,
  }));
  return { studies, worklist };
}

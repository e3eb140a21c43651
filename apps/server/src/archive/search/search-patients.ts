import type { DataSet } from "@etalon/dicom";
import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";
import type { AccessScope } from "../access-scope.ts";
import type { Query } from "../query.ts";
import { isVisible } from "../visible-studies.ts";
import { levelCondition } from "./level-condition.ts";
import { computedAttributes, type MatchRow } from "./match-row.ts";
import { patientCounts } from "./patient-counts.ts";
import { readKeys } from "./read-keys.ts";
import { isDocument, pickAttributes, wantedAttributes } from "./returned-attributes.ts";
import { inTime, withinTime } from "./search-time.ts";

/** Patients that are in memory at once. */
const batchSize = 1000;

/** The study that tells of its patient, and the order of patients. */
interface PatientRow extends MatchRow {
  readonly patient_id: string;
  readonly issuer: string;
}

/**
 * Patients of a scope that have a study which matches the keys of the study's level, in the order of their IDs: one data set
 * each, of the attributes of the newest such study. Patients are told apart by ID and issuer (PS3.4 table C.3-1); a study
 * without a patient ID has none that could be asked for.
 *
 * @throws InputError `malformed-query`, EtalonError `query-too-slow`
 */
export async function* searchPatients(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  query: Omit<Query, "level" | "limit" | "offset">,
): AsyncGenerator<DataSet, void> {
  const asked: Query = { ...query, level: "study", limit: 0, offset: 0 };
  const keys = readKeys(asked).study;
  const condition = levelCondition("study", keys, { isCombinedDateTime: query.isCombinedDateTime ?? false });
  const wanted = wantedAttributes(asked);
  const counts = [...patientCounts.keys()].some((tag) => wanted.wanted.has(tag))
    ? sql`, ARRAY[${sql.join([...patientCounts.values()])}] AS patient_counts`
    : sql``;
  const patient = sql`study.patient_id, coalesce(study.issuer_of_patient_id, '')`;
  let last: Pick<PatientRow, "patient_id" | "issuer"> | undefined;
  for (;;) {
    const after =
      last === undefined
        ? sql`true`
        : sql`(study.patient_id >= ${last.patient_id} AND (${patient}) > (${last.patient_id}, ${last.issuer}))`;
    const { rows } = await inTime(
      sql<PatientRow>`${withinTime}
      SELECT study.patient_id, coalesce(study.issuer_of_patient_id, '') AS issuer, study.attributes AS study_attributes,
        study.study_instance_uid, study.modalities, study.sop_classes, study.series_count AS study_series,
        study.instance_count AS study_instances ${counts}
      FROM study
      WHERE study.id IN (SELECT id FROM (SELECT DISTINCT ON (${patient}) study.id FROM study
        WHERE ${isVisible(scope)} AND study.patient_id IS NOT NULL AND ${after} AND ${condition}
        ORDER BY ${patient}, study.study_date DESC NULLS LAST, study.id DESC LIMIT ${batchSize}) newest)
      ORDER BY ${patient}`.execute(database),
    );
    for (const row of rows) {
      const document = isDocument(row.study_attributes) ? row.study_attributes : {};
      yield pickAttributes(new Map([["study", document]]), wanted, computedAttributes(row));
    }
    if (rows.length < batchSize) return;
    last = rows.at(-1);
  }
}

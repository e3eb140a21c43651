import { type RawBuilder, sql } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import { foldName } from "../archive/search/fold-name.ts";
import { allOf, likePattern, type SqlCondition } from "../archive/search/sql-condition.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { Database } from "./reading-place.ts";
import type { Priority } from "./reading-tables.ts";
import {
  orderOfStudy,
  priorityOfStudy,
  type RawStudyRow,
  readingsOfStudy,
  type StudyRow,
  type StudyStatus,
  studyRowOf,
} from "./study-row.ts";

/** Which studies of the list. */
export interface StudyListFilter {
  readonly statuses?: readonly StudyStatus[] | undefined;
  readonly priorities?: readonly Priority[] | undefined;
  /** The status is that of the reading with this protocol. */
  readonly protocol?: string | undefined;
  /** A name, or parts of it with "*". */
  readonly patientName?: string | undefined;
  readonly patientId?: string | undefined;
  readonly description?: string | undefined;
  readonly modality?: string | undefined;
  /** YYYYMMDD, both in. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly studyInstanceUids?: readonly string[] | undefined;
}

/** A part of the list, in an order. */
export interface StudyListPage {
  readonly sort: "date" | "urgency";
  readonly limit: number;
  readonly offset: number;
}

/** The studies that are to be read or were, with how far they are, in one query and one for their readings. */
export async function listStudies(
  { database, now }: { readonly database: Database; readonly now: Date },
  scope: AccessScope,
  { sort, limit, offset, ...filter }: StudyListFilter & StudyListPage,
): Promise<{ readonly total: number; readonly studies: readonly StudyRow[] }> {
  const from = sql`FROM study ${orderOfStudy} ${readingsOfStudy(filter.protocol)}
    WHERE ${isVisible(scope)} AND ${conditionOf(filter)}`;
  const {
    rows: [counted],
  } = await sql<{ readonly total: number }>`SELECT count(*) AS total ${from}`.execute(database);
  const { rows } = await sql<RawStudyRow>`
    SELECT study.id, study_instance_uid, patient_name, patient_id, patient_birth_date, patient_sex, study_date, study_time,
      study_description, accession_number, modalities, series_count, instance_count, received_at, progress.status,
      ${priorityOfStudy} AS priority, ordered.requested
    ${from} ORDER BY ${orderBy(sort)} LIMIT ${limit} OFFSET ${offset}`.execute(database);
  const readings = await readingsOf(
    database,
    rows.map(({ id }) => id),
  );
  return {
    total: counted?.total ?? 0,
    studies: rows.map((row) => studyRowOf(row, readings.get(row.id) ?? [], now)),
  };
}

/** Most urgent, then oldest; what is signed comes last. */
function orderBy(sort: StudyListPage["sort"]): RawBuilder<unknown> {
  if (sort === "date") return sql`study_date DESC NULLS LAST, study_time DESC NULLS LAST, study.id DESC`;
  return sql`(progress.status IN ('signed', 'amended')), array_position(ARRAY['stat', 'urgent', 'routine'], ${priorityOfStudy}),
    rpad(coalesce(ordered.requested, to_char(received_at, 'YYYYMMDDHH24MISS')), 14, '0'), study.id`;
}

function conditionOf(filter: StudyListFilter): SqlCondition {
  const { statuses, priorities, patientName, patientId, description, modality, from, to, studyInstanceUids } = filter;
  const conditions: SqlCondition[] = [];
  const add = <Asked>(asked: Asked | undefined, condition: (asked: Asked) => SqlCondition): void => {
    if (asked !== undefined) conditions.push(condition(asked));
  };
  add(statuses, (asked) => sql`progress.status = ANY (${asked}::text[])`);
  add(priorities, (asked) => sql`${priorityOfStudy} = ANY (${asked}::text[])`);
  add(patientName, (asked) => sql`patient_name_folded LIKE ${likePattern(foldName(asked))}`);
  add(patientId, (asked) => sql`patient_id LIKE ${likePattern(asked)}`);
  add(description, (asked) => sql`study_description ILIKE ${likePattern(asked)}`);
  add(modality, (asked) => sql`${asked} = ANY (modalities)`);
  add(from, (asked) => sql`study_date >= ${asked}`);
  add(to, (asked) => sql`study_date <= ${asked}`);
  add(studyInstanceUids, (asked) => sql`study_instance_uid = ANY (${asked}::text[])`);
  return allOf(conditions);
}

async function readingsOf(
  database: Database,
  studyIds: readonly number[],
): Promise<ReadonlyMap<number, StudyRow["readings"]>> {
  const { rows } = await sql<{
    readonly study_id: number;
    readonly protocol: string;
    readonly status: StudyRow["readings"][number]["status"];
    readonly version: number;
    readonly changed_at: Date;
    readonly changed_by: string;
    readonly digest: Buffer | null;
  }>`
    SELECT study_id, reading.protocol, reading.status, reading.version, reading.changed_at, changed_by, coalesce(signed.digest, draft.digest) AS digest
    FROM reading
    LEFT JOIN reading_edition signed ON signed.reading_id = reading.id AND signed.edition = 1
    LEFT JOIN LATERAL (SELECT result_digest AS digest FROM reading_run JOIN analysis ON analysis.id = analysis_id
      WHERE reading_run.reading_id = reading.id AND purpose = 'draft' AND result_digest IS NOT NULL
      ORDER BY asked_at DESC, analysis.id DESC LIMIT 1) draft ON true
    WHERE study_id = ANY (${studyIds}::integer[]) ORDER BY study_id, reading.protocol`.execute(database);
  const found = new Map<number, StudyRow["readings"]>();
  for (const row of rows) {
    const shown = {
      protocol: row.protocol,
      status: row.status,
      version: row.version,
      changedAt: row.changed_at.toISOString(),
      changedBy: row.changed_by,
      digest: row.digest?.toString("hex") ?? null,
    };
    found.set(row.study_id, [...(found.get(row.study_id) ?? []), shown]);
  }
  return found;
}

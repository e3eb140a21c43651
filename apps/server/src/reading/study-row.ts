import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { measurementsOnly } from "./reading-place.ts";
import { type Priority, priorities, readingStatuses } from "./reading-tables.ts";

/**
 * Where a study is: `new` as long as nobody has begun to read it, else as the least advanced of its readings by a protocol;
 * `reading` where it has only measurements without one.
 */
export const studyStatuses = ["new", ...readingStatuses] as const;

/** One of {@link studyStatuses}. */
export type StudyStatus = (typeof studyStatuses)[number];

/** A study in the list of what is to be read. */
export const studyRowSchema = z.object({
  studyInstanceUid: z.string(),
  patientName: z.string().nullable(),
  patientId: z.string().nullable(),
  patientBirthDate: z.string().nullable(),
  patientSex: z.string().nullable(),
  studyDate: z.string().nullable(),
  studyTime: z.string().nullable(),
  description: z.string().nullable(),
  accessionNumber: z.string().nullable(),
  modalities: z.array(z.string()),
  seriesCount: z.number(),
  instanceCount: z.number(),
  receivedAt: z.string(),
  status: z.enum(studyStatuses),
  priority: z.enum(priorities),
  /** When the order was made, where one is known. */
  requestedAt: z.string().nullable(),
  /** Since the request, or since it arrived. */
  ageSeconds: z.number(),
  readings: z.array(
    z.object({
      protocol: z.string(),
      status: z.enum(readingStatuses),
      version: z.number(),
      changedAt: z.string(),
      changedBy: z.string(),
      digest: z.string().nullable(),
    }),
  ),
});

/** See {@link studyRowSchema}. */
export type StudyRow = z.output<typeof studyRowSchema>;

/** What the database says of a study in the list. */
export interface RawStudyRow {
  readonly id: number;
  readonly study_instance_uid: string;
  readonly patient_name: string | null;
  readonly patient_id: string | null;
  readonly patient_birth_date: string | null;
  readonly patient_sex: string | null;
  readonly study_date: string | null;
  readonly study_time: string | null;
  readonly study_description: string | null;
  readonly accession_number: string | null;
  readonly modalities: string[];
  readonly series_count: number;
  readonly instance_count: number;
  readonly received_at: Date;
  readonly status: StudyStatus;
  readonly priority: Priority;
  readonly requested: string | null;
}

/** The order of a study in the worklist: of its UID, else of its accession number; `NULL`s where there is none. */
export const orderOfStudy: RawBuilder<unknown> = sql`LEFT JOIN LATERAL (
    SELECT CASE upper(attributes #>> '{00401003,Value,0}') WHEN 'STAT' THEN 'stat'
        WHEN 'HIGH' THEN 'urgent' WHEN 'MEDIUM' THEN 'urgent' ELSE 'routine' END AS priority,
      nullif(concat(attributes #>> '{00402004,Value,0}', attributes #>> '{00402005,Value,0}'), '') AS requested
    FROM worklist_item
    WHERE worklist_item.site_id = study.site_id AND (worklist_item.study_instance_uid = study.study_instance_uid
      OR (study.accession_number <> '' AND worklist_item.accession_number = study.accession_number))
    ORDER BY worklist_item.id DESC LIMIT 1) ordered ON true
  LEFT JOIN study_priority ON study_priority.study_id = study.id`;

/** How soon a study of the joined query is to be read. */
export const priorityOfStudy: RawBuilder<Priority> = sql`coalesce(study_priority.priority, ordered.priority, 'routine')`;

/** How far the readings of a study are, of one protocol or of all. */
export function readingsOfStudy(protocol: string | undefined): RawBuilder<unknown> {
  const ofProtocol = protocol === undefined ? sql`true` : sql`protocol = ${protocol}`;
  return sql`LEFT JOIN LATERAL (
    SELECT CASE
        WHEN count(*) = 0 THEN 'new'
        WHEN bool_and(protocol = ${measurementsOnly}) THEN 'reading'
        WHEN bool_or(status = 'reading' AND protocol <> ${measurementsOnly}) THEN 'reading'
        WHEN bool_or(status = 'preliminary') THEN 'preliminary'
        WHEN bool_or(status = 'amended') THEN 'amended'
        ELSE 'signed' END AS status
    FROM reading WHERE reading.study_id = study.id AND ${ofProtocol}) progress ON true`;
}

/** A study of the list as the API shows it. */
export function studyRowOf(row: RawStudyRow, readings: StudyRow["readings"], now: Date): StudyRow {
  const requestedAt = momentOf(row.requested);
  const since = requestedAt ?? row.received_at;
  return {
    studyInstanceUid: row.study_instance_uid,
    patientName: row.patient_name,
    patientId: row.patient_id,
    patientBirthDate: row.patient_birth_date,
    patientSex: row.patient_sex,
    studyDate: row.study_date,
    studyTime: row.study_time,
    description: row.study_description,
    accessionNumber: row.accession_number,
    modalities: row.modalities,
    seriesCount: row.series_count,
    instanceCount: row.instance_count,
    receivedAt: row.received_at.toISOString(),
    status: row.status,
    priority: row.priority,
    requestedAt: requestedAt?.toISOString() ?? null,
    ageSeconds: Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000)),
    readings,
  };
}

/** A date and time of DICOM (PS3.5 section 6.2) in this machine's time zone; `undefined` for what is none. */
export function momentOf(text: string | null): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?/.exec(text ?? "");
  if (parts === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const moment = new Date(year, month - 1, day, hour, minute, second);
  return moment.getMonth() === month - 1 && moment.getDate() === day ? moment : undefined;
}

import { firstItemOf } from "@etalon/dicom";
import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import { textColumn } from "../archive/ingest/text-columns.ts";
import type { ColumnForm } from "../archive/search/indexed-columns.ts";
import type { ReadKey } from "../archive/search/matches-criterion.ts";
import {
  allOf,
  columnCondition,
  combinedCondition,
  documentCondition,
  type SqlCondition,
} from "../archive/search/sql-condition.ts";
import type { ArchiveDatabase, WorklistItemTable } from "../database/schema.ts";
import { itemOf } from "./item-row.ts";
import type { WorklistItem, WorklistState } from "./worklist-item.ts";
import { worklistTags as tags } from "./worklist-tags.ts";

/** What items are asked for. */
export interface WorklistQuery {
  /** Keys by path; those of the scheduled procedure step begin with its sequence. */
  readonly keys: readonly ReadKey[];
  /** Any state where absent. */
  readonly states?: readonly WorklistState[];
}

/** A stretch of the matches, in the order of their start. */
export interface WorklistPage {
  readonly limit: number;
  /** Matches to skip; none where absent. */
  readonly offset?: number;
  /** The last one of the stretch before: those after it, whatever was added or removed meanwhile. */
  readonly after?: WorklistItem;
}

const step = (tag: string): string => `${tags.steps}.${tag}`;

/** Attributes with a column, by path. */
const columns: ReadonlyMap<string, { readonly column: string; readonly form: ColumnForm }> = new Map([
  [tags.accessionNumber, { column: "accession_number", form: "text" }],
  [tags.patientId, { column: "patient_id", form: "text" }],
  [tags.patientName, { column: "patient_name_folded", form: "folded" }],
  [tags.studyInstanceUid, { column: "study_instance_uid", form: "text" }],
  [tags.requestedProcedureId, { column: "requested_procedure_id", form: "text" }],
  [tags.placerOrderNumber, { column: "placer_order_number", form: "text" }],
  [tags.fillerOrderNumber, { column: "filler_order_number", form: "text" }],
  [step(tags.stationAeTitle), { column: "station_ae_titles", form: "list" }],
  [step(tags.modality), { column: "modality", form: "text" }],
  [step(tags.startDate), { column: "start_date", form: "text" }],
  [step(tags.startTime), { column: "start_time", form: "text" }],
  [step(tags.stepId), { column: "step_id", form: "text" }],
]);

/** The items of a site that match, the first to begin first; the same order each time. */
export async function findItems(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  { limit, offset = 0, after, ...query }: WorklistQuery & WorklistPage,
): Promise<readonly WorklistItem[]> {
  const later: SqlCondition = after === undefined ? allOf([]) : isAfter(after);
  const { rows } = await sql<Selectable<WorklistItemTable>>`
    SELECT worklist_item.* FROM worklist_item WHERE ${conditionOf(scope, query)} AND ${later}
    ORDER BY start_date, start_time, id LIMIT ${limit} OFFSET ${offset}`.execute(database);
  return rows.map(itemOf);
}

/** How many items match. */
export async function countItems(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  query: WorklistQuery,
): Promise<number> {
  const { rows } = await sql<{ readonly total: number }>`
    SELECT count(*) AS total FROM worklist_item WHERE ${conditionOf(scope, query)}`.execute(database);
  return rows[0]?.total ?? 0;
}

function isAfter({ id, attributes }: WorklistItem): SqlCondition {
  const first = firstItemOf(attributes, tags.steps) ?? {};
  const [date, time] = [textColumn(first, tags.startDate) ?? "", textColumn(first, tags.startTime) ?? ""];
  return sql`(start_date, start_time, worklist_item.id) > (${date}, ${time}, ${id})`;
}

function conditionOf({ siteId }: AccessScope, { keys, states }: WorklistQuery): SqlCondition {
  const period = combinedPeriod(keys);
  const left = period === undefined ? keys : keys.filter(({ tags: path }) => !isStart(path));
  const placed = left.map((key) => ({ key, place: columns.get(key.tags.join(".")) }));
  return allOf([
    sql`site_id = ${siteId}`,
    ...(states === undefined ? [] : [sql<boolean>`state = ANY(${[...states]}::text[])`]),
    ...(period === undefined ? [] : [combinedCondition({ date: "start_date", time: "start_time" }, period)]),
    ...placed.flatMap(({ key, place }) =>
      place === undefined ? [] : [columnCondition(columnOf(place.column), place.form, key.criterion)],
    ),
    documentCondition(
      "worklist_item.attributes",
      placed.filter(({ place }) => place === undefined).map(({ key }) => key),
    ),
  ]);
}

function columnOf(name: string): RawBuilder<never> {
  return sql.ref(`worklist_item.${name}`);
}

function isStart(path: readonly string[]): boolean {
  const name = path.join(".");
  return name === step(tags.startDate) || name === step(tags.startTime);
}

/**
 * Ranges of the start's date and time are one period: July 5 to July 7 and 10 am to 6 pm is from July 5, 10 am until July 7,
 * 6 pm (PS3.4 table K.6-1, ScheduledProcedureStepStartTime). An end that only the time has is no end.
 */
function combinedPeriod(keys: readonly ReadKey[]): { readonly from?: string; readonly to?: string } | undefined {
  const rangeOf = (tag: string) => {
    const criterion = keys.find(({ tags: path }) => path.join(".") === step(tag))?.criterion;
    return criterion?.kind === "moment" && criterion.isRange ? criterion : undefined;
  };
  const dates = rangeOf(tags.startDate);
  const times = rangeOf(tags.startTime);
  if (dates === undefined || times === undefined) return undefined;
  return {
    ...(dates.from === undefined ? {} : { from: `${dates.from}${times.from ?? dayStart}` }),
    ...(dates.to === undefined ? {} : { to: `${dates.to}${times.to ?? dayEnd}` }),
  };
}

const dayStart = "000000000000";
const dayEnd = "235960999999";

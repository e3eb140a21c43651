import { type Kysely, type RawBuilder, sql } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";
import type { AccessScope } from "../access-scope.ts";
import type { QueryLevel } from "../query.ts";
import { isVisible } from "../visible-studies.ts";
import { levelCondition } from "./level-condition.ts";
import type { MatchRow } from "./match-row.ts";
import { patientCounts } from "./patient-counts.ts";
import type { KeysByLevel } from "./read-keys.ts";
import { withinTime } from "./search-time.ts";
import { allOf, type SqlCondition } from "./sql-condition.ts";

/** Who asks for what. */
export interface Asked {
  readonly scope: AccessScope;
  readonly keys: KeysByLevel;
  readonly isCombinedDateTime: boolean;
}

/** Which rows of all that match. */
export interface Page {
  readonly limit: number;
  readonly offset: number;
  /** Columns that cost something, and are read where they are asked for. */
  readonly needsMetadata: boolean;
  readonly needsPatientCounts: boolean;
}

/** The tables of a level and of those above it. */
const tables: Readonly<Record<QueryLevel, RawBuilder<unknown>>> = {
  study: sql`study`,
  series: sql`study JOIN series ON series.study_id = study.id`,
  instance: sql`study JOIN series ON series.study_id = study.id JOIN instance ON instance.series_id = series.id`,
};

const studyOrder = sql`study.study_date DESC NULLS LAST, study.id DESC`;
const seriesOrder = sql`${studyOrder}, series.series_number, series.id`;
const orders: Readonly<Record<QueryLevel, RawBuilder<unknown>>> = {
  study: studyOrder,
  series: seriesOrder,
  instance: sql`${seriesOrder}, instance.instance_number, instance.id`,
};

const studyColumns = sql`study.attributes AS study_attributes, study.study_instance_uid, study.modalities, study.sop_classes,
  study.series_count AS study_series, study.instance_count AS study_instances`;
const seriesColumns = sql`${studyColumns}, series.attributes AS series_attributes, series.series_instance_uid,
  series.instance_count AS series_instances`;
const columns: Readonly<Record<QueryLevel, RawBuilder<unknown>>> = {
  study: studyColumns,
  series: seriesColumns,
  instance: sql`${seriesColumns}, instance.sop_class_uid, instance.sop_instance_uid, instance.transfer_syntax_uid,
    instance.instance_number, instance.number_of_frames, instance.rows, instance.columns, instance.bits_allocated`,
};

/** Conditions of every level: those above by their rows joined, those below by one row that exists. */
function whereClause(level: QueryLevel, { scope, keys, isCombinedDateTime }: Asked): SqlCondition {
  const options = { isCombinedDateTime };
  const study: SqlCondition = sql`(${isVisible(scope)} AND ${levelCondition("study", keys.study, options)})`;
  const series = levelCondition("series", keys.series, options);
  const instance: SqlCondition = sql`(instance.is_current AND ${levelCondition("instance", keys.instance, options)})`;
  if (level === "instance") return allOf([study, series, instance]);
  const hasInstance: SqlCondition =
    keys.instance.length === 0
      ? allOf([])
      : sql`EXISTS (SELECT FROM instance WHERE instance.series_id = series.id AND ${instance})`;
  if (level === "series") return allOf([study, series, hasInstance]);
  if (keys.series.length + keys.instance.length === 0) return study;
  return allOf([
    study,
    sql`EXISTS (SELECT FROM series WHERE series.study_id = study.id AND ${series} AND ${hasInstance})`,
  ]);
}

/** Rows of one page. Its ids are found first, so that what is skipped is read from an index and no more. */
export async function selectMatches(
  database: Kysely<ArchiveDatabase>,
  level: QueryLevel,
  { asked, limit, offset, needsMetadata, needsPatientCounts }: Page & { readonly asked: Asked },
): Promise<readonly MatchRow[]> {
  const id = sql.ref(`${level}.id`);
  const more = [
    ...(needsMetadata ? [sql`instance.metadata`] : []),
    ...(needsPatientCounts ? [sql`ARRAY[${sql.join([...patientCounts.values()])}] AS patient_counts`] : []),
  ];
  const { rows } = await sql<MatchRow>`${withinTime}
    SELECT ${sql.join([columns[level], ...more])}
    FROM ${tables[level]}
    WHERE ${id} IN (SELECT ${id} FROM ${tables[level]} WHERE ${whereClause(level, asked)} ORDER BY ${orders[level]}
      LIMIT ${limit} OFFSET ${offset})
    ORDER BY ${orders[level]}`.execute(database);
  return rows;
}

/** How many match in all. Where only studies are asked for, their own counts of series and instances are added up. */
export async function countMatches(
  database: Kysely<ArchiveDatabase>,
  level: QueryLevel,
  asked: Asked,
): Promise<number> {
  const { keys } = asked;
  const isOfStudies = keys.series.length + keys.instance.length === 0;
  const isOfSeries = level === "instance" && keys.instance.length === 0;
  const [count, from] =
    level !== "study" && isOfStudies
      ? [level === "series" ? sql`sum(study.series_count)` : sql`sum(study.instance_count)`, "study" as const]
      : isOfSeries
        ? [sql`sum(series.instance_count)`, "series" as const]
        : [sql`count(*)`, level];
  const { rows } = await sql<{ readonly total: string | null }>`${withinTime}
    SELECT ${count} AS total FROM ${tables[from]} WHERE ${whereClause(from, asked)}`.execute(database);
  return Number(rows[0]?.total ?? 0);
}

import { type Compilable, CompiledQuery, type RawBuilder, sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";
import type { InstanceEntry } from "./instance-entry.ts";
import { mergedColumns } from "./merged-columns.ts";
import { instanceColumns, seriesColumns, studyColumns } from "./row-columns.ts";

/** Where an object comes to stand among what the site has. */
export interface RowPlace {
  readonly version: number;
  /** Whether the series has the SOP Instance UID for the first time. */
  readonly isFirstInSeries: boolean;
  /** Whether the site had another data set under the UID. */
  readonly isNewVersion: boolean;
  /** Rows of the series that are current no more. */
  readonly olderIds: readonly number[];
  /** Studies that hold the other data sets. */
  readonly otherStudyIds: readonly number[];
}

/**
 * Writes the rows of study, series and instance, the study being locked. What a study or series says is what came first,
 * filled up by what comes later; a new version of an instance says it anew, as it may have been sent to correct it.
 */
export async function writeRows(
  transaction: Transaction<ArchiveDatabase>,
  entry: InstanceEntry,
  place: RowPlace,
): Promise<void> {
  await markOlder(transaction, place);
  const { seriesInstanceUid } = entry.prepared.identity;
  const known = await knownIds(transaction, [entry]);
  const seriesId = known.seriesIds.get(seriesInstanceUid);
  const change = { newInstances: place.isFirstInSeries ? 1 : 0, isNewVersion: place.isNewVersion };
  const studyChange = { ...change, newSeries: seriesId === undefined ? 1 : 0 };
  const changes: RowWriter[] = [];
  const study = studyColumns(entry);
  const studyId = known.studyId ?? (await insertStudy(transaction, study, studyChange));
  if (known.studyId !== undefined)
    changes.push((writer) => studyUpdate(writer, study, { id: studyId, ...studyChange }));
  const series = seriesColumns(entry);
  const id = seriesId ?? (await insertSeries(transaction, series, { studyId, ...change }));
  if (seriesId !== undefined) changes.push((writer) => seriesUpdate(writer, series, { id, ...change }));
  await insertInstances(transaction, [{ ...instanceColumns(entry, place.version), series_id: id }], changes);
}

/**
 * Writes the rows of instances of one study whose UIDs the site has for the first time, in as few statements as one of them
 * takes; the study is locked. What the database says of the last statement comes with the next.
 *
 * @returns the study's row id
 */
export async function writeFirstRows(
  transaction: Transaction<ArchiveDatabase>,
  entries: readonly InstanceEntry[],
  known: KnownIds,
): Promise<number> {
  const bySeries = Map.groupBy(entries, ({ prepared }) => prepared.identity.seriesInstanceUid);
  const changes: RowWriter[] = [];
  const study = mergedColumns(entries.map(studyColumns));
  const newSeries = [...bySeries.keys()].filter((uid) => !known.seriesIds.has(uid)).length;
  const studyChange = { newSeries, newInstances: entries.length, isNewVersion: false };
  const studyId = known.studyId ?? (await insertStudy(transaction, study, studyChange));
  if (known.studyId !== undefined)
    changes.push((writer) => studyUpdate(writer, study, { id: studyId, ...studyChange }));
  const rows: InstanceRow[] = [];
  for (const [uid, ofSeries] of bySeries) {
    const series = mergedColumns(ofSeries.map(seriesColumns));
    const change = { newInstances: ofSeries.length, isNewVersion: false };
    const knownId = known.seriesIds.get(uid);
    const id = knownId ?? (await insertSeries(transaction, series, { studyId, ...change }));
    if (knownId !== undefined) changes.push((writer) => seriesUpdate(writer, series, { id, ...change }));
    rows.push(...ofSeries.map((entry) => ({ ...instanceColumns(entry, 1), series_id: id })));
  }
  await insertInstances(transaction, rows, changes);
  return studyId;
}

type StudyColumns = ReturnType<typeof studyColumns>;
type SeriesColumns = ReturnType<typeof seriesColumns>;
type InstanceRow = ReturnType<typeof instanceColumns> & { readonly series_id: number };

/** What the site has already of the objects of one study. */
export interface KnownIds {
  readonly studyId: number | undefined;
  /** By Series Instance UID. */
  readonly seriesIds: ReadonlyMap<string, number>;
  /** SOP Instance UIDs that some study of the site has. */
  readonly sopInstanceUids: ReadonlySet<string>;
}

/** Looks in one statement for all that objects of one study may meet. */
export async function knownIds(
  transaction: Transaction<ArchiveDatabase>,
  entries: readonly [InstanceEntry, ...InstanceEntry[]],
): Promise<KnownIds> {
  const [{ scope, prepared }] = entries;
  const seriesUids = [...new Set(entries.map((entry) => entry.prepared.identity.seriesInstanceUid))];
  const instanceUids = entries.map((entry) => entry.prepared.identity.sopInstanceUid);
  const { rows } = await sql<{
    readonly study_id: number | null;
    readonly series: Readonly<Record<string, number>> | null;
    readonly instances: readonly string[];
  }>`/* prepared */
    SELECT known.id AS study_id,
      (SELECT jsonb_object_agg(series_instance_uid, id) FROM series
        WHERE study_id = known.id AND series_instance_uid = ANY(${seriesUids}::text[])) AS series,
      ARRAY(SELECT instance.sop_instance_uid FROM instance
        JOIN series ON series.id = instance.series_id JOIN study ON study.id = series.study_id
        WHERE instance.sop_instance_uid = ANY(${instanceUids}::text[]) AND study.site_id = ${scope.siteId}) AS instances
    FROM (SELECT) one LEFT JOIN study known
      ON known.site_id = ${scope.siteId} AND known.study_instance_uid = ${prepared.identity.studyInstanceUid}`.execute(
    transaction,
  );
  const [row] = rows;
  return {
    studyId: row?.study_id ?? undefined,
    seriesIds: new Map(Object.entries(row?.series ?? {})),
    sopInstanceUids: new Set(row?.instances ?? []),
  };
}

interface RowChange {
  readonly newInstances: number;
  readonly isNewVersion: boolean;
}

/** Statement that changes a row, as a part of another one. */
type RowWriter = (writer: Pick<Transaction<ArchiveDatabase>, "updateTable">) => RowUpdate;
type RowUpdate = ReturnType<typeof studyUpdate> | ReturnType<typeof seriesUpdate>;

async function insertStudy(
  transaction: Transaction<ArchiveDatabase>,
  columns: StudyColumns,
  { newSeries, newInstances, isNewVersion }: RowChange & { readonly newSeries: number },
): Promise<number> {
  const counts = { series_count: newSeries, instance_count: newInstances };
  const values = { ...columns, ...counts, has_versions: isNewVersion };
  return (await transaction.insertInto("study").values(values).returning("id").executeTakeFirstOrThrow()).id;
}

function studyUpdate(
  writer: Pick<Transaction<ArchiveDatabase>, "updateTable">,
  columns: StudyColumns,
  { id, newSeries, newInstances, isNewVersion }: RowChange & { readonly id: number; readonly newSeries: number },
) {
  return writer
    .updateTable("study")
    .set({
      ...merged(columns, isNewVersion),
      modalities: united("modalities", columns.modalities),
      sop_classes: united("sop_classes", columns.sop_classes),
      series_count: sql<number>`series_count + ${newSeries}::integer`,
      instance_count: sql<number>`instance_count + ${newInstances}::integer`,
      has_versions: sql<boolean>`has_versions or ${isNewVersion}`,
    })
    .where("id", "=", id)
    .returning("id");
}

async function insertSeries(
  transaction: Transaction<ArchiveDatabase>,
  columns: SeriesColumns,
  { studyId, newInstances }: RowChange & { readonly studyId: number },
): Promise<number> {
  const values = { ...columns, study_id: studyId, instance_count: newInstances };
  return (await transaction.insertInto("series").values(values).returning("id").executeTakeFirstOrThrow()).id;
}

function seriesUpdate(
  writer: Pick<Transaction<ArchiveDatabase>, "updateTable">,
  columns: SeriesColumns,
  { id, newInstances, isNewVersion }: RowChange & { readonly id: number },
) {
  return writer
    .updateTable("series")
    .set({
      ...merged(columns, isNewVersion),
      needs_matching: true,
      instance_count: sql<number>`instance_count + ${newInstances}::integer`,
    })
    .where("id", "=", id)
    .returning("id");
}

/** Writes instances, and changes the rows above them, two of which go in the same round trip. */
async function insertInstances(
  transaction: Transaction<ArchiveDatabase>,
  rows: readonly InstanceRow[],
  changes: readonly RowWriter[],
): Promise<void> {
  const [first, second, ...others] = changes;
  for (const change of second === undefined ? changes : others) await change(transaction).execute();
  if (first === undefined || second === undefined) {
    await sendAhead(transaction, transaction.insertInto("instance").values(rows), rows.length === 1);
    return;
  }
  const all = transaction
    .with("changed_first", (writer) => first(writer))
    .with("changed_second", (writer) => second(writer))
    .insertInto("instance")
    .values(rows);
  await sendAhead(transaction, all, rows.length === 1);
}

/** Sends a statement whose failure the next one throws; one that comes often is planned once. */
async function sendAhead(
  transaction: Transaction<ArchiveDatabase>,
  query: Compilable,
  comesOften: boolean,
): Promise<void> {
  const { sql: text, parameters } = query.compile();
  const manner = comesOften ? "prepared, unawaited" : "unawaited";
  await transaction.executeQuery(CompiledQuery.raw(`/* ${manner} */ ${text}`, [...parameters]));
}

/** An older version steps back, and the studies of all of them are flagged. */
async function markOlder(transaction: Transaction<ArchiveDatabase>, place: RowPlace): Promise<void> {
  if (place.olderIds.length > 0) {
    await transaction.updateTable("instance").set({ is_current: false }).where("id", "in", place.olderIds).execute();
  }
  if (place.otherStudyIds.length > 0) {
    // Those that are flagged are not touched: their rows belong to whoever has locked their study.
    await transaction
      .updateTable("study")
      .set({ has_versions: true })
      .where("id", "in", place.otherStudyIds)
      .where("has_versions", "=", false)
      .execute();
  }
}

/** Each column of a row that is there: its own value or the new one, whichever comes first and is no null. */
function merged(
  columns: Readonly<Record<string, unknown>>,
  isNewFirst: boolean,
): Readonly<Record<string, RawBuilder<never>>> {
  const names = Object.keys(columns).filter((name) => !fixedColumns.has(name));
  return Object.fromEntries(
    names.map((name) => {
      const [ours, theirs] = [sql.ref(name), columns[name]];
      if (name === "changed_at") return [name, sql<never>`${theirs}`];
      if (name === "attributes") {
        // Of two values under one key, || keeps the right one.
        const news = sql`${theirs}::jsonb`;
        return [name, isNewFirst ? sql<never>`${ours} || ${news}` : sql<never>`${news} || ${ours}`];
      }
      return [name, isNewFirst ? sql<never>`coalesce(${theirs}, ${ours})` : sql<never>`coalesce(${ours}, ${theirs})`];
    }),
  );
}

/** Columns that never change, or are listed and counted. */
const fixedColumns: ReadonlySet<string> = new Set([
  "site_id",
  "study_instance_uid",
  "series_instance_uid",
  "received_at",
  "modalities",
  "sop_classes",
]);

/** What a list has and what comes to it, once, in order. */
function united(column: "modalities" | "sop_classes", entries: readonly string[]): RawBuilder<string[]> {
  return sql`array(select distinct entry from unnest(${sql.ref(column)} || ${entries}::text[]) as entry order by entry)`;
}

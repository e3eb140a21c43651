import { type RawBuilder, sql, type Transaction } from "kysely";
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
  const known = await knownIds(transaction, entry, [seriesInstanceUid]);
  const seriesId = known.seriesIds.get(seriesInstanceUid);
  const newInstances = place.isFirstInSeries ? 1 : 0;
  const { isNewVersion } = place;
  const studyId = await writeStudy(transaction, studyColumns(entry), {
    id: known.studyId,
    newSeries: seriesId === undefined ? 1 : 0,
    newInstances,
    isNewVersion,
  });
  const ownId = await writeSeries(transaction, seriesColumns(entry), {
    id: seriesId,
    studyId,
    newInstances,
    isNewVersion,
  });
  await writeInstances(transaction, [{ ...instanceColumns(entry, place.version), series_id: ownId }]);
}

/**
 * Writes the rows of instances of one study whose UIDs the site has for the first time, in as few statements as one of them
 * takes; the study is locked.
 */
export async function writeFirstRows(
  transaction: Transaction<ArchiveDatabase>,
  entries: readonly [InstanceEntry, ...InstanceEntry[]],
): Promise<void> {
  const bySeries = Map.groupBy(entries, ({ prepared }) => prepared.identity.seriesInstanceUid);
  const known = await knownIds(transaction, entries[0], [...bySeries.keys()]);
  const studyId = await writeStudy(transaction, mergedColumns(entries.map(studyColumns)), {
    id: known.studyId,
    newSeries: bySeries.size - known.seriesIds.size,
    newInstances: entries.length,
    isNewVersion: false,
  });
  const rows: InstanceRow[] = [];
  for (const [uid, ofSeries] of bySeries) {
    const seriesId = await writeSeries(transaction, mergedColumns(ofSeries.map(seriesColumns)), {
      id: known.seriesIds.get(uid),
      studyId,
      newInstances: ofSeries.length,
      isNewVersion: false,
    });
    rows.push(...ofSeries.map((entry) => ({ ...instanceColumns(entry, 1), series_id: seriesId })));
  }
  await writeInstances(transaction, rows);
}

type StudyColumns = ReturnType<typeof studyColumns>;
type SeriesColumns = ReturnType<typeof seriesColumns>;
type InstanceRow = ReturnType<typeof instanceColumns> & { readonly series_id: number };

/** Rows that a study and some of its series have already. */
interface KnownIds {
  readonly studyId: number | undefined;
  readonly seriesIds: ReadonlyMap<string, number>;
}

async function knownIds(
  transaction: Transaction<ArchiveDatabase>,
  { scope, prepared }: InstanceEntry,
  seriesUids: readonly string[],
): Promise<KnownIds> {
  const { rows } = await sql<{
    readonly study_id: number;
    readonly series_id: number | null;
    readonly uid: string | null;
  }>`
    SELECT study.id AS study_id, series.id AS series_id, series.series_instance_uid AS uid
    FROM study LEFT JOIN series ON series.study_id = study.id AND series.series_instance_uid = ANY(${seriesUids}::text[])
    WHERE study.site_id = ${scope.siteId} AND study.study_instance_uid = ${prepared.identity.studyInstanceUid}`.execute(
    transaction,
  );
  const seriesIds = rows.flatMap(({ uid, series_id: id }): [string, number][] =>
    uid === null || id === null ? [] : [[uid, id]],
  );
  return { studyId: rows[0]?.study_id, seriesIds: new Map(seriesIds) };
}

interface RowChange {
  /** Of the row that is there. */
  readonly id: number | undefined;
  readonly newInstances: number;
  readonly isNewVersion: boolean;
}

async function writeStudy(
  transaction: Transaction<ArchiveDatabase>,
  columns: StudyColumns,
  { id, newSeries, newInstances, isNewVersion }: RowChange & { readonly newSeries: number },
): Promise<number> {
  if (id === undefined) {
    const counts = { series_count: newSeries, instance_count: newInstances };
    const values = { ...columns, ...counts, has_versions: isNewVersion };
    return (await transaction.insertInto("study").values(values).returning("id").executeTakeFirstOrThrow()).id;
  }
  await transaction
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
    .execute();
  return id;
}

async function writeSeries(
  transaction: Transaction<ArchiveDatabase>,
  columns: SeriesColumns,
  { id, studyId, newInstances, isNewVersion }: RowChange & { readonly studyId: number },
): Promise<number> {
  if (id === undefined) {
    const values = { ...columns, study_id: studyId, instance_count: newInstances };
    return (await transaction.insertInto("series").values(values).returning("id").executeTakeFirstOrThrow()).id;
  }
  await transaction
    .updateTable("series")
    .set({
      ...merged(columns, isNewVersion),
      needs_matching: true,
      instance_count: sql<number>`instance_count + ${newInstances}::integer`,
    })
    .where("id", "=", id)
    .execute();
  return id;
}

async function writeInstances(transaction: Transaction<ArchiveDatabase>, rows: readonly InstanceRow[]): Promise<void> {
  await transaction.insertInto("instance").values(rows).execute();
}

/** An older version steps back, and the studies of all of them are flagged. */
async function markOlder(transaction: Transaction<ArchiveDatabase>, place: RowPlace): Promise<void> {
  if (place.olderIds.length > 0) {
    await transaction.updateTable("instance").set({ is_current: false }).where("id", "in", place.olderIds).execute();
  }
  if (place.otherStudyIds.length > 0) {
    await transaction.updateTable("study").set({ has_versions: true }).where("id", "in", place.otherStudyIds).execute();
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

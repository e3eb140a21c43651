import { type RawBuilder, sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../../database/schema.ts";
import type { InstanceEntry } from "./instance-entry.ts";
import { encodeAttributes } from "./instance-metadata.ts";
import { foldedNameColumn, integerColumn, itemTextColumn, nameColumn, textColumn } from "./text-columns.ts";

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
  const known = await knownIds(transaction, entry);
  const studyId = await writeStudy(transaction, entry, { place, known });
  const seriesId = await writeSeries(transaction, entry, { place, known: { ...known, studyId } });
  await transaction
    .insertInto("instance")
    .values({ ...instanceColumns(entry, place), series_id: seriesId })
    .execute();
}

/** Rows that the object's study and series have already. */
interface KnownIds {
  readonly studyId?: number | undefined;
  readonly seriesId?: number | undefined;
}

async function knownIds(transaction: Transaction<ArchiveDatabase>, { scope, prepared }: InstanceEntry) {
  const { studyInstanceUid, seriesInstanceUid } = prepared.identity;
  const row = await transaction
    .selectFrom("study")
    .leftJoin("series", (join) =>
      join.onRef("series.study_id", "=", "study.id").on("series.series_instance_uid", "=", seriesInstanceUid),
    )
    .select(["study.id as study_id", "series.id as series_id"])
    .where("study.site_id", "=", scope.siteId)
    .where("study.study_instance_uid", "=", studyInstanceUid)
    .executeTakeFirst();
  return { studyId: row?.study_id, seriesId: row?.series_id ?? undefined };
}

async function writeStudy(
  transaction: Transaction<ArchiveDatabase>,
  entry: InstanceEntry,
  { place, known }: { readonly place: RowPlace; readonly known: KnownIds },
): Promise<number> {
  const columns = studyColumns(entry);
  if (known.studyId === undefined) {
    const values = { ...columns, series_count: 1, instance_count: 1, has_versions: place.isNewVersion };
    return (await transaction.insertInto("study").values(values).returning("id").executeTakeFirstOrThrow()).id;
  }
  await transaction
    .updateTable("study")
    .set({
      ...merged(columns, place.isNewVersion),
      modalities: united("modalities", columns.modalities),
      sop_classes: united("sop_classes", columns.sop_classes),
      series_count: sql<number>`series_count + ${known.seriesId === undefined ? 1 : 0}::integer`,
      instance_count: sql<number>`instance_count + ${place.isFirstInSeries ? 1 : 0}::integer`,
      has_versions: sql<boolean>`has_versions or ${place.isNewVersion}`,
    })
    .where("id", "=", known.studyId)
    .execute();
  return known.studyId;
}

async function writeSeries(
  transaction: Transaction<ArchiveDatabase>,
  entry: InstanceEntry,
  { place, known }: { readonly place: RowPlace; readonly known: KnownIds & { readonly studyId: number } },
): Promise<number> {
  const columns = seriesColumns(entry);
  if (known.seriesId === undefined) {
    const values = { ...columns, study_id: known.studyId, instance_count: 1 };
    return (await transaction.insertInto("series").values(values).returning("id").executeTakeFirstOrThrow()).id;
  }
  await transaction
    .updateTable("series")
    .set({
      ...merged(columns, place.isNewVersion),
      needs_matching: true,
      instance_count: sql<number>`instance_count + ${place.isFirstInSeries ? 1 : 0}::integer`,
    })
    .where("id", "=", known.seriesId)
    .execute();
  return known.seriesId;
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

function studyColumns({ scope, prepared, receivedAt }: InstanceEntry) {
  const { dataSet, identity } = prepared;
  const modality = textColumn(dataSet, "00080060");
  return {
    site_id: scope.siteId,
    study_instance_uid: identity.studyInstanceUid,
    patient_name_folded: foldedNameColumn(dataSet, "00100010"),
    patient_name: nameColumn(dataSet, "00100010"),
    patient_id: textColumn(dataSet, "00100020"),
    issuer_of_patient_id: textColumn(dataSet, "00100021"),
    patient_birth_date: textColumn(dataSet, "00100030"),
    patient_sex: textColumn(dataSet, "00100040"),
    study_date: textColumn(dataSet, "00080020"),
    study_time: textColumn(dataSet, "00080030"),
    accession_number: textColumn(dataSet, "00080050"),
    study_id: textColumn(dataSet, "00200010"),
    study_description: textColumn(dataSet, "00081030"),
    referring_physician_folded: foldedNameColumn(dataSet, "00080090"),
    modalities: modality === null ? [] : [modality],
    sop_classes: identity.sopClassUid === "" ? [] : [identity.sopClassUid],
    attributes: encodeAttributes(dataSet, "study"),
    received_at: receivedAt,
    changed_at: receivedAt,
  };
}

function seriesColumns({ prepared, receivedAt }: InstanceEntry) {
  const { dataSet, identity } = prepared;
  return {
    series_instance_uid: identity.seriesInstanceUid,
    modality: textColumn(dataSet, "00080060"),
    series_number: integerColumn(dataSet, "00200011"),
    series_description: textColumn(dataSet, "0008103E"),
    body_part_examined: textColumn(dataSet, "00180015"),
    performed_start_date: textColumn(dataSet, "00400244"),
    performed_start_time: textColumn(dataSet, "00400245"),
    request_step_id: itemTextColumn(dataSet, "00400275", "00400009"),
    request_procedure_id: itemTextColumn(dataSet, "00400275", "00401001"),
    attributes: encodeAttributes(dataSet, "series"),
    changed_at: receivedAt,
  };
}

function instanceColumns({ prepared, blob, dataSetSha256, receivedAt, receivedFrom }: InstanceEntry, place: RowPlace) {
  const { dataSet, identity } = prepared;
  return {
    sop_instance_uid: identity.sopInstanceUid,
    sop_class_uid: identity.sopClassUid,
    instance_number: integerColumn(dataSet, "00200013"),
    rows: integerColumn(dataSet, "00280010"),
    columns: integerColumn(dataSet, "00280011"),
    bits_allocated: integerColumn(dataSet, "00280100"),
    number_of_frames: prepared.numberOfFrames,
    transfer_syntax_uid: prepared.transferSyntaxUid,
    data_set_sha256: Buffer.from(dataSetSha256, "hex"),
    file_sha256: Buffer.from(blob.sha256, "hex"),
    size_bytes: blob.sizeBytes,
    data_set_offset: prepared.dataSetOffset,
    version: place.version,
    is_current: true,
    metadata: prepared.metadata,
    frame_offsets: prepared.frameTable,
    received_at: receivedAt,
    received_from: receivedFrom,
  };
}

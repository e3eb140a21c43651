import { type Kysely, sql } from "kysely";
import { runPrepared } from "../database/run-prepared.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AccessScope } from "./access-scope.ts";
import type { InstanceSelector, InstanceVersion, StoredInstance } from "./archive.ts";
import { isVisible } from "./visible-studies.ts";

/**
 * Instances by their UIDs, as a query that others add columns to: those of the scope's site, the current versions where no
 * hash names one.
 */
export function selectInstances(database: Kysely<ArchiveDatabase>, scope: AccessScope, selector: InstanceSelector) {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, dataSetSha256 } = askable(selector);
  return database
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .where(isVisible(scope))
    .where("study.study_instance_uid", "=", studyInstanceUid)
    .$if(seriesInstanceUid !== undefined, (query) =>
      query.where("series.series_instance_uid", "=", seriesInstanceUid ?? ""),
    )
    .$if(sopInstanceUid !== undefined, (query) => query.where("instance.sop_instance_uid", "=", sopInstanceUid ?? ""))
    .$if(dataSetSha256 === undefined, (query) => query.where("instance.is_current", "=", true))
    .$if(dataSetSha256 !== undefined, (query) =>
      query.where("instance.data_set_sha256", "=", Buffer.from(dataSetSha256 ?? "", "hex")),
    );
}

/** A selector that PostgreSQL takes: its texts hold no NUL, and no UID does. */
export function askable(selector: InstanceSelector): InstanceSelector {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, dataSetSha256 } = selector;
  return {
    studyInstanceUid: withoutNul(studyInstanceUid),
    ...(seriesInstanceUid === undefined ? {} : { seriesInstanceUid: withoutNul(seriesInstanceUid) }),
    ...(sopInstanceUid === undefined ? {} : { sopInstanceUid: withoutNul(sopInstanceUid) }),
    ...(dataSetSha256 === undefined ? {} : { dataSetSha256 }),
  };
}

function withoutNul(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/** What is read of one instance besides: a frame of it may be asked for next. */
export interface FrameColumns {
  readonly siteId: number;
  readonly rows: number | null;
  readonly columns: number | null;
  readonly bitsAllocated: number | null;
  /** The whole table. */
  readonly frameOffsets: Uint8Array;
}

/** Instances that were found with the columns of their frames; forgotten with them. */
export type FoundFrames = WeakMap<StoredInstance, FrameColumns>;

/** Bytes of a table of frames that is read before it is asked for: 64 frames. */
const longestTable = 1024;

const instanceColumns = [
  "study.study_instance_uid",
  "series.series_instance_uid",
  "instance.sop_instance_uid",
  "instance.sop_class_uid",
  "instance.transfer_syntax_uid",
  "instance.file_sha256",
  "instance.data_set_sha256",
  "instance.size_bytes",
  "instance.data_set_offset",
  "instance.number_of_frames",
  "instance.version",
  "instance.is_current",
] as const;

/** See `Archive.instances`. Where the selector names an instance, its frames are noted in `found`. */
export async function findInstances(
  database: Kysely<ArchiveDatabase>,
  asked: { readonly scope: AccessScope; readonly selector: InstanceSelector },
  found: FoundFrames,
): Promise<readonly StoredInstance[]> {
  const { scope, selector } = asked;
  const query = selectInstances(database, scope, selector)
    .$if(selector.sopInstanceUid !== undefined, (query) =>
      query.select([
        "instance.rows",
        "instance.columns",
        "instance.bits_allocated",
        sql<Buffer>`CASE WHEN length(instance.frame_offsets) <= ${longestTable}::integer THEN instance.frame_offsets END`.as(
          "frame_offsets",
        ),
      ]),
    )
    .select(instanceColumns)
    .orderBy("series.series_number")
    .orderBy("series.id")
    .orderBy("instance.instance_number")
    .orderBy("instance.id");
  // Viewers ask for one after the other: it is planned once, whereas a study's plan depends on its size.
  const rows = await (selector.sopInstanceUid === undefined ? query.execute() : runPrepared(database, query));
  return rows.map((row) => {
    const instance = storedInstance(row);
    const { frame_offsets: frameOffsets, rows: height = null, columns = null, bits_allocated: bits = null } = row;
    if (frameOffsets instanceof Uint8Array) {
      found.set(instance, { siteId: scope.siteId, rows: height, columns, bitsAllocated: bits, frameOffsets });
    }
    return instance;
  });
}

/** See `Archive.versions`. */
export async function findVersions(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  selector: InstanceSelector,
): Promise<readonly InstanceVersion[]> {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = askable(selector);
  const rows = await database
    .selectFrom("instance")
    .innerJoin("series", "series.id", "instance.series_id")
    .innerJoin("study", "study.id", "series.study_id")
    .select(instanceColumns)
    .select("instance.received_at")
    .where(isVisible(scope))
    .where("study.study_instance_uid", "=", studyInstanceUid)
    .$if(seriesInstanceUid !== undefined, (query) =>
      query.where("series.series_instance_uid", "=", seriesInstanceUid ?? ""),
    )
    .$if(sopInstanceUid !== undefined, (query) => query.where("instance.sop_instance_uid", "=", sopInstanceUid ?? ""))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("instance as other")
          .select("other.id")
          .whereRef("other.series_id", "=", "instance.series_id")
          .whereRef("other.sop_instance_uid", "=", "instance.sop_instance_uid")
          .whereRef("other.id", "<>", "instance.id"),
      ),
    )
    .orderBy("series.id")
    .orderBy("instance.sop_instance_uid")
    .orderBy("instance.version", "desc")
    .execute();
  return rows.map((row) => ({ ...storedInstance(row), receivedAt: row.received_at }));
}

interface InstanceRow {
  readonly study_instance_uid: string;
  readonly series_instance_uid: string;
  readonly sop_instance_uid: string;
  readonly sop_class_uid: string;
  readonly transfer_syntax_uid: string;
  readonly file_sha256: Buffer;
  readonly data_set_sha256: Buffer;
  readonly size_bytes: number;
  readonly data_set_offset: number;
  readonly number_of_frames: number;
  readonly version: number;
  readonly is_current: boolean;
}

function storedInstance(row: InstanceRow): StoredInstance {
  return {
    studyInstanceUid: row.study_instance_uid,
    seriesInstanceUid: row.series_instance_uid,
    sopInstanceUid: row.sop_instance_uid,
    sopClassUid: row.sop_class_uid,
    transferSyntaxUid: row.transfer_syntax_uid,
    fileSha256: row.file_sha256.toString("hex"),
    dataSetSha256: row.data_set_sha256.toString("hex"),
    sizeBytes: Number(row.size_bytes),
    dataSetOffset: row.data_set_offset,
    numberOfFrames: row.number_of_frames,
    version: row.version,
    isCurrent: row.is_current,
  };
}

import { gunzipSync } from "node:zlib";
import { EtalonError, type JsonValue } from "@etalon/base";
import { fromDicomJson } from "@etalon/dicom";
import type { AnyProtocol } from "@etalon/measure";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Logger } from "pino";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import { arrivalRequest } from "./analysis-request.ts";
import { fittingProtocols, type IndexedInstance } from "./fitting-protocols.ts";
import { queueAnalysis } from "./queue-analysis.ts";

/** Purpose of the scope that results are stored with: what came so is never measured by itself. */
export const analysisPurpose = "analysis";

/** Actor of what the program does by itself. */
export const programActor = "etalon";

/** First number of the advisory locks on series that are being matched: "etma" in ASCII. */
const matchingLock = 0x65746d61;

/** Which series, and where it is said what is wrong with it. */
export interface MatchedSeries {
  readonly seriesId: number;
  readonly log: Logger;
}

/** What becomes of a series that was looked at. */
export type MatchOutcome = "matched" | "taken" | "changed";

/**
 * Matches a series against the catalogue and queues what fits, unless another process does so at this moment, or an image
 * comes in between: then nothing happens, and it stays to be matched.
 */
export async function matchSeries(
  database: Kysely<ArchiveDatabase>,
  queue: Pick<JobQueue, "send">,
  matched: MatchedSeries,
): Promise<MatchOutcome> {
  const { seriesId } = matched;
  return database.transaction().execute(async (transaction) => {
    // Not the row itself is locked: its next image is to be stored without waiting.
    const { rows } = await sql<{ readonly is_mine: boolean }>`
      select pg_try_advisory_xact_lock(${matchingLock}::integer, ${seriesId}::integer) as is_mine`.execute(transaction);
    if (rows[0]?.is_mine !== true) return "taken";
    const series = await transaction
      .selectFrom("series")
      .innerJoin("study", "study.id", "series.study_id")
      .select(["study.site_id", "series.needs_matching", sql<string>`series.xmin::text`.as("row_version")])
      .where("series.id", "=", seriesId)
      .executeTakeFirst();
    if (series?.needs_matching !== true) return "taken";
    const instances = await readIndexedInstances(transaction, seriesId);
    const { numUpdatedRows } = await transaction
      .updateTable("series")
      .set({ needs_matching: false })
      .where("id", "=", seriesId)
      // Whoever stores an image writes the row: its version says so where two times of one millisecond do not.
      .where(sql<boolean>`xmin::text = ${series.row_version}`)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return "changed";
    const scope: AccessScope = { siteId: series.site_id, actor: programActor, purpose: analysisPurpose };
    const dataSetSha256 = instances.map((instance) => instance.dataSetSha256);
    for (const protocol of protocolsFor(instances, matched)) {
      await queueAnalysis(
        transaction,
        { queue, scope },
        { seriesId, protocol, request: arrivalRequest, dataSetSha256 },
      );
    }
    return "matched";
  });
}

/**
 * The protocols that fit. Headers that bring the program to fail are said in the log and measured by nobody: they would do so
 * at every look.
 */
function protocolsFor(instances: readonly IndexedInstance[], { seriesId, log }: MatchedSeries): readonly AnyProtocol[] {
  try {
    return fittingProtocols(instances);
  } catch (thrown) {
    // Only what it is: its message can hold values of the images.
    const code = thrown instanceof EtalonError ? thrown.code : thrown instanceof Error ? thrown.name : "unknown";
    log.error({ seriesId, code }, "a series could not be matched");
    return [];
  }
}

/** The images of a series by their headers; none of what the program made itself. */
export async function readIndexedInstances(
  database: Kysely<ArchiveDatabase> | Transaction<ArchiveDatabase>,
  seriesId: number,
): Promise<readonly IndexedInstance[]> {
  const rows = await database
    .selectFrom("instance")
    .select(["sop_instance_uid", "transfer_syntax_uid", "file_sha256", "data_set_sha256", "size_bytes", "metadata"])
    .where("series_id", "=", seriesId)
    .where("is_current", "=", true)
    .where("received_from", "!=", analysisPurpose)
    .execute();
  return rows.map((row) => ({
    // What was written by JSON.stringify at ingest.
    dataSet: fromDicomJson(JSON.parse(gunzipSync(row.metadata).toString("utf8")) as JsonValue),
    transferSyntaxUid: row.transfer_syntax_uid,
    sopInstanceUid: row.sop_instance_uid,
    fileSha256: row.file_sha256.toString("hex"),
    dataSetSha256: row.data_set_sha256.toString("hex"),
    sizeBytes: row.size_bytes,
  }));
}

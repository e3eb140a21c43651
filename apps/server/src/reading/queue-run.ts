import type { Transaction } from "kysely";
import { analysisRequestSchema } from "../analyses/analysis-request.ts";
import { type QueuedAnalysis, queueAnalysis } from "../analyses/queue-analysis.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import { measuredInstances } from "../jobs/read-task.ts";
import { chooseSeries } from "./choose-series.ts";
import { protocolOf, type ReadingRow } from "./find-reading.ts";
import type { ReadingDocument } from "./reading-document.ts";
import type { Reader, ReadingPlace } from "./reading-place.ts";

/** What is computed for a reading. */
export interface AskedRun {
  readonly reading: ReadingRow;
  readonly document: ReadingDocument;
  readonly purpose: "draft" | "signing";
  /** Facts for documents that are made once it is measured; forgotten after. */
  readonly facts: ReadingDocument["facts"];
  /** Of a run that is computed anew although it was before. */
  readonly nonce?: string;
}

/**
 * Queues what a reading's document asks to be measured, with the row that says for which reading and version it is.
 *
 * @throws {EtalonError} `series-not-found`
 */
export async function queueRun(
  place: ReadingPlace & { readonly queue: Pick<JobQueue, "send"> },
  { scope }: Reader,
  { transaction, asked }: { readonly transaction: Transaction<ArchiveDatabase>; readonly asked: AskedRun },
): Promise<QueuedAnalysis> {
  const { reading, document, purpose, facts, nonce } = asked;
  const protocol = protocolOf(reading.protocol);
  const { seriesId, series } = await chooseSeries(transaction, reading.study_id, { protocol, document });
  const { marks, parameters, numbers, roles } = document;
  const request = analysisRequestSchema.parse({ marks, parameters, numbers, roles, series, facts });
  const images = await measuredInstances(transaction, { seriesId, studyId: reading.study_id, request });
  const dataSetSha256 = images.map((image) => image.dataSetSha256);
  const asker = { name: `reading:${reading.id}`, ...(nonce === undefined ? {} : { nonce }) };
  const question = { seriesId, protocol, request, dataSetSha256, asker };
  const queued = await queueAnalysis(transaction, { queue: place.queue, scope }, question);
  const latest = { version: reading.version, asked_at: place.clock() };
  await transaction
    .insertInto("reading_run")
    .values({ analysis_id: queued.id, reading_id: reading.id, purpose, ...latest })
    .onConflict((conflict) => conflict.column("analysis_id").doUpdateSet(latest))
    .execute();
  return queued;
}

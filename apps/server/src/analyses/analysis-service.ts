import { EtalonError } from "@etalon/base";
import { parseFacts } from "@etalon/decide";
import { type AnyProtocol, catalog, parseMarks } from "@etalon/measure";
import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import { isVisible } from "../archive/visible-studies.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import { measuredInstances } from "../jobs/read-task.ts";
import type { AnalysisRequest } from "./analysis-request.ts";
import { changeAnalysis } from "./change-analysis.ts";
import { type Analysis, findAnalyses } from "./find-analyses.ts";
import { queueAnalysis } from "./queue-analysis.ts";

/** Where analyses are kept and queued. */
export interface AnalysisPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly queue: Pick<JobQueue, "send" | "cancel">;
}

/** What somebody wants measured. */
export interface AskedAnalysis extends AnalysisRequest {
  readonly protocol: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
}

/** @throws {EtalonError} `analysis-not-found` */
export async function readAnalysis({ database }: AnalysisPlace, scope: AccessScope, id: number): Promise<Analysis> {
  const { analyses } = await findAnalyses(database, scope, { id, limit: 1, offset: 0 });
  const [analysis] = analyses;
  if (analysis === undefined) throw new EtalonError("analysis-not-found", { field: String(id) });
  return analysis;
}

/**
 * Asks for a measurement of a series. The same question with an answer there or on its way is that analysis.
 *
 * @throws {EtalonError} `unknown-name`, `series-not-found`; what is wrong with the parameters, the marks or the facts
 */
export async function askAnalysis(
  place: AnalysisPlace,
  scope: AccessScope,
  { protocol: id, studyInstanceUid, seriesInstanceUid, ...request }: AskedAnalysis,
): Promise<{ readonly analysis: Analysis; readonly isNew: boolean }> {
  const protocol = protocolOf(id);
  // What only a worker would find is said at once.
  if (request.marks !== null) parseMarks(request.marks);
  if (request.facts !== null) parseFacts(request.facts);
  const queued = await place.database.transaction().execute(async (transaction) => {
    const series = await transaction
      .selectFrom("series")
      .innerJoin("study", "study.id", "series.study_id")
      .select(["series.id", "series.study_id"])
      .where(isVisible(scope))
      .where("study_instance_uid", "=", studyInstanceUid)
      .where("series_instance_uid", "=", seriesInstanceUid)
      .executeTakeFirst();
    if (series === undefined) throw new EtalonError("series-not-found", { field: seriesInstanceUid });
    const images = await measuredInstances(transaction, { seriesId: series.id, studyId: series.study_id, request });
    const dataSetSha256 = images.map((image) => image.dataSetSha256);
    const asked = { seriesId: series.id, protocol, request, dataSetSha256 };
    return queueAnalysis(transaction, { queue: place.queue, scope }, asked);
  });
  return { analysis: await readAnalysis(place, scope, queued.id), isNew: queued.isNew };
}

function protocolOf(id: string): AnyProtocol {
  const protocol = catalog.find((known) => known.id === id);
  if (protocol !== undefined) return protocol;
  const expected = catalog.map((known) => known.id).join(", ");
  throw new EtalonError("unknown-name", { field: "protocol", received: id, details: { expected } });
}

/**
 * Cancels an analysis that waits or runs; the worker that computes it kills its process as soon as it hears of it.
 *
 * @throws {EtalonError} `analysis-not-found`, `analysis-ended`
 */
export async function cancelAnalysis(place: AnalysisPlace, scope: AccessScope, id: number): Promise<Analysis> {
  const { state } = await readAnalysis(place, scope, id);
  const isCancelled = await place.database.transaction().execute(async (transaction) => {
    const guard = { id, states: ["queued", "running"] as const };
    if ((await changeAnalysis(transaction, guard, { state: "cancelled", step: null })) === undefined) return false;
    const { job_id: jobId } = await transaction
      .selectFrom("analysis")
      .select("job_id")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    await place.queue.cancel(transaction, jobId);
    return true;
  });
  const analysis = await readAnalysis(place, scope, id);
  if (isCancelled || (state === "cancelled" && analysis.state === "cancelled")) return analysis;
  throw new EtalonError("analysis-ended", { field: String(id), received: analysis.state });
}

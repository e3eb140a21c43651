import { canonicalJson, sha256Hex } from "@etalon/base";
import type { AnyProtocol } from "@etalon/measure";
import type { Transaction } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import { type AnalysisNames, nameAnalysis } from "./analysis-identity.ts";
import type { AnalysisRequest } from "./analysis-request.ts";
import { tellAnalysis } from "./change-analysis.ts";

/** A question about a series. */
export interface AnalysisQuestion {
  readonly seriesId: number;
  readonly protocol: AnyProtocol;
  readonly request: AnalysisRequest;
  /** Hashes of every data set that the answer may depend on. */
  readonly dataSetSha256: readonly string[];
  /** Whose question it is, where its answers take the place of one another whatever was asked. */
  readonly asker?: QuestionAsker;
}

/** A reading, and what keeps two of its questions apart. */
export interface QuestionAsker {
  /** "reading:12". */
  readonly name: string;
  /** Of a question that is to be answered anew although it was asked before. */
  readonly nonce?: string;
}

/** An analysis that answers a question, and whether it was queued just now. */
export interface QueuedAnalysis {
  readonly id: number;
  readonly isNew: boolean;
}

/** States of an analysis that is the answer, or will be. */
const answering = ["queued", "running", "done", "refused"] as const;

/**
 * Queues the analysis of a question, row and job in one transaction. One that was asked before, and whose answer is there or
 * on its way, is not computed again.
 *
 * @throws {InputError} what is wrong with the parameters
 */
export async function queueAnalysis(
  transaction: Transaction<ArchiveDatabase>,
  { queue, scope }: { readonly queue: Pick<JobQueue, "send">; readonly scope: AccessScope },
  { seriesId, protocol, request, dataSetSha256, asker }: AnalysisQuestion,
): Promise<QueuedAnalysis> {
  const names = namesFor(asker, nameAnalysis(protocol, request, dataSetSha256));
  const identity = Buffer.from(names.identity, "hex");
  const inserted = await transaction
    .insertInto("analysis")
    .values({
      site_id: scope.siteId,
      series_id: seriesId,
      identity,
      variant: Buffer.from(names.variant, "hex"),
      protocol: protocol.id,
      protocol_version: protocol.version,
      request: JSON.stringify(request),
      requested_by: scope.actor,
    })
    .onConflict((conflict) => conflict.columns(["site_id", "identity"]).where("state", "in", answering).doNothing())
    .returning(["id", "job_id"])
    .executeTakeFirst();
  if (inserted === undefined) {
    const { id } = await transaction
      .selectFrom("analysis")
      .select("id")
      .where("site_id", "=", scope.siteId)
      .where("identity", "=", identity)
      .where("state", "in", answering)
      .executeTakeFirstOrThrow();
    return { id, isNew: false };
  }
  await queue.send(transaction, { jobId: inserted.job_id, analysisId: inserted.id });
  await tellAnalysis(transaction, inserted.id);
  return { id: inserted.id, isNew: true };
}

function namesFor(asker: QuestionAsker | undefined, names: AnalysisNames): AnalysisNames {
  if (asker === undefined) return names;
  const { name, nonce } = asker;
  return {
    identity: sha256Hex(canonicalJson([name, nonce ?? null, names.identity])),
    variant: sha256Hex(canonicalJson([name])),
  };
}

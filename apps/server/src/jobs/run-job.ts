import { EtalonError, type Language } from "@etalon/base";
import type { Kysely, Transaction } from "kysely";
import type { Logger } from "pino";
import { changeAnalysis } from "../analyses/change-analysis.ts";
import { analysisPurpose, programActor } from "../analyses/match-series.ts";
import type { Archive } from "../archive/archive.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { keepResult } from "../results/keep-result.ts";
import type { StoreChoice } from "../store/open-blob-store.ts";
import type { ClaimedJob, JobQueue } from "./job-queue.ts";
import type { Measurer } from "./measurer.ts";
import type { MeasuringOutcome } from "./process/measuring-messages.ts";
import { type AnalysisToRun, readTask } from "./read-task.ts";
import type { WorkMetrics } from "./work-metrics.ts";

/** What a worker works with. */
export interface WorkPlace {
  readonly database: Kysely<ArchiveDatabase>;
  readonly queue: JobQueue;
  readonly archive: Archive;
  readonly store: StoreChoice;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Language of the reports that are stored. */
  readonly language: Language;
  readonly metrics?: WorkMetrics;
  /** What becomes of the answers that readings asked for; none are asked for where absent. */
  readonly readings?: ReadingWork;
}

/** What becomes of the answers that readings asked for. */
export interface ReadingWork {
  /** @returns `undefined` for an answer that no reading asked for */
  readonly prepare: (analysis: AnalysisToRun, outcome: MeasuringOutcome) => Promise<PreparedAnswer | undefined>;
}

/** An outcome, and what is done with it beside the end of its analysis. */
export interface PreparedAnswer {
  readonly outcome: MeasuringOutcome;
  /** In the transaction that ends the analysis, as its last step. */
  readonly keep?: (transaction: Transaction<ArchiveDatabase>) => Promise<void>;
  /** Once that transaction is kept. */
  readonly after?: () => Promise<void>;
}

/** One attempt of a job. */
export interface Attempt {
  readonly job: ClaimedJob;
  readonly measurer: Measurer;
  /** Aborted where the analysis is cancelled, the claim is lost, or the program ends. */
  readonly signal: AbortSignal;
}

/**
 * Runs a claimed job to its end. Everything that must happen once happens in one transaction with the end of the job, which
 * fails where another worker has taken the job over; what comes before it gives the same however often it is done.
 *
 * @throws the signal's reason; what the database throws where it is away: the job is taken up again then
 */
export async function runJob(place: WorkPlace, { job, measurer, signal }: Attempt): Promise<void> {
  const { database, queue, language, clock } = place;
  const { analysisId: id } = job;
  const begunMs = performance.now();
  const attempts = await changeAnalysis(
    database,
    { id, states: ["queued", "running"] },
    { state: "running", isNewAttempt: true, progress: 0, step: null, errorCode: null },
  );
  const analysis = attempts === undefined ? undefined : await readTask(database, id, { language, now: clock() });
  if (attempts === undefined || analysis === undefined) {
    // Cancelled, or done by an attempt whose end of the job was lost, or gone with its images.
    await queue.complete(database, job);
    return;
  }
  const telling = tellProgress(place, { id, attempts });
  const outcome = await measurer.measure(
    { ...analysis.task, store: place.store },
    { signal, onProgress: telling.onProgress },
  );
  await telling.settled();
  signal.throwIfAborted();
  const answer = await prepareAnswer(place, analysis, outcome);
  const kind = await settle(place, { job, analysis, attempts, answer });
  if (kind === answer.outcome.kind) await answer.after?.();
  const { protocolId: protocol } = analysis.task;
  place.metrics?.ended.inc({ outcome: kind, protocol });
  place.metrics?.seconds.observe({ protocol }, (performance.now() - begunMs) / 1000);
}

/** Writes progress one after the other, the latest first: a slow database slows no measurement. */
function tellProgress(
  { database, log }: WorkPlace,
  { id, attempts }: { readonly id: number; readonly attempts: number },
) {
  let latest: { readonly step: string; readonly progress: number } | undefined;
  let writing: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    while (latest !== undefined) {
      const change = latest;
      latest = undefined;
      await changeAnalysis(database, { id, states: ["running"], attempts }, change);
    }
  };
  return {
    onProgress: (step: string, progress: number): void => {
      latest = { step, progress };
      writing ??= write()
        .catch((error: unknown) => log.debug({ err: error }, "progress could not be written"))
        .finally(() => {
          writing = undefined;
        });
    },
    settled: async (): Promise<void> => {
      while (writing !== undefined) await writing;
    },
  };
}

/**
 * What is kept of an outcome. Of a reading it is its own matter; else the objects are stored beside the images before: the
 * same bytes each time, so that a repeat stores nothing.
 */
async function prepareAnswer(
  place: WorkPlace,
  analysis: AnalysisToRun,
  outcome: MeasuringOutcome,
): Promise<PreparedAnswer> {
  const ofReading = await place.readings?.prepare(analysis, outcome);
  if (ofReading !== undefined) return ofReading;
  return { outcome: (outcome.kind === "done" ? await storeObjects(place, analysis, outcome) : undefined) ?? outcome };
}

async function storeObjects(
  { archive }: WorkPlace,
  { siteId }: AnalysisToRun,
  { segmentation, report }: Extract<MeasuringOutcome, { kind: "done" }>,
): Promise<MeasuringOutcome | undefined> {
  const scope = { siteId, actor: programActor, purpose: analysisPurpose };
  // The report refers to the segmentation.
  for (const object of [segmentation, report]) {
    if (object === null) continue;
    const stored = await archive.store(scope, { form: "part10", bytes: inOnePiece(object) });
    if (stored.kind === "refused") return { kind: "broken", errorCode: stored.errorCode };
  }
  return undefined;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

interface Ended {
  readonly job: ClaimedJob;
  readonly analysis: AnalysisToRun;
  readonly attempts: number;
  readonly answer: PreparedAnswer;
}

/** Thrown out of a transaction that must not be kept: another worker has the job. */
class ClaimLost extends Error {}

/** @returns what came of it: `lost` where another has the job, or it was cancelled at the last moment */
async function settle(
  { database, queue, log }: WorkPlace,
  { job, analysis, attempts, answer }: Ended,
): Promise<MeasuringOutcome["kind"] | "lost"> {
  const { outcome } = answer;
  const guard = { id: analysis.id, states: ["running"] as const, attempts };
  try {
    await database.transaction().execute(async (transaction) => {
      if (outcome.kind === "done") await keepResult(transaction, analysis, outcome);
      const changed = await changeAnalysis(transaction, guard, changeOf(outcome, job));
      const isOurs =
        outcome.kind === "broken"
          ? await queue.fail(transaction, job, outcome.errorCode)
          : await queue.complete(transaction, job);
      if (changed === undefined || !isOurs) throw new ClaimLost();
      await answer.keep?.(transaction);
    });
  } catch (thrown) {
    if (!(thrown instanceof ClaimLost)) throw thrown;
    log.info({ analysisId: analysis.id }, "an analysis was settled by another, or cancelled");
    // Cancelled at the last moment: its job is of no use any more. Where another has the job, this does nothing.
    await queue.complete(database, job);
    return "lost";
  }
  const code = outcome.kind === "done" ? undefined : outcome.errorCode;
  log.info({ analysisId: analysis.id, attempts, outcome: outcome.kind, code }, "analysis ended");
  return outcome.kind;
}

function changeOf(outcome: MeasuringOutcome, { isLastAttempt }: ClaimedJob): Parameters<typeof changeAnalysis>[2] {
  switch (outcome.kind) {
    case "done":
      return { state: "done", progress: 1, step: null, resultDigest: outcome.result.digest };
    case "refused":
    case "failed":
      return { state: outcome.kind, step: null, errorCode: outcome.errorCode };
    case "broken":
      return { state: isLastAttempt ? "dead" : "queued", progress: 0, step: null, errorCode: outcome.errorCode };
    default:
      throw new EtalonError("unknown-name", { field: "outcome", received: String(outcome satisfies never) });
  }
}

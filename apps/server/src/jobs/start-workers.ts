import { setTimeout as pause } from "node:timers/promises";
import { parseAnalysisEvent } from "../analyses/analysis-event.ts";
import { changeAnalysis } from "../analyses/change-analysis.ts";
import { watchArrivals } from "../analyses/watch-arrivals.ts";
import type { EventChannel } from "./event-channel.ts";
import type { ClaimedJob } from "./job-queue.ts";
import { createMeasurer, type Measurer } from "./measurer.ts";
import { runJob, type WorkPlace } from "./run-job.ts";

/** What workers are started with. */
export interface WorkerParts extends WorkPlace {
  /** Listens to `analysisChannel`. */
  readonly events: EventChannel;
  /** Analyses computed at the same time. */
  readonly workers: number;
  /** Megabytes that one of them may take. */
  readonly memoryMb: number;
  /** Seconds without a new image after which a series is measured. */
  readonly stableSeconds: number;
}

/** Workers that run. */
export interface Workers {
  /** Takes no more jobs; those under way are given a while to end, then left to be taken up again. */
  stop(): Promise<void>;
}

/** Between two looks into the queue where nothing said that there is a job. */
const lookEveryMs = 2000;

/** Between two signs of life of a job: three within the queue's heartbeat. */
const touchEveryMs = 3000;

/** After an error that is not the job's, as where the database is away. */
const troubleMs = 1000;

/** What is under way when the program is asked to end may take this long. */
const finishWithinMs = 20_000;

/** Between two looks at the dead letters. */
const deadEveryMs = 5000;

/**
 * Starts what measures: a watch over what arrives, and workers that take jobs. In one process with the rest or in any number
 * of others: they share nothing but the database and the store.
 */
export function startWorkers(parts: WorkerParts): Workers {
  const stopping = new AbortController();
  const killing = new AbortController();
  const wakes = new Set<() => void>();
  const running = new Map<number, (reason: Error) => void>();
  const deaf = parts.events.listen({
    notified: (payload) => {
      const event = parseAnalysisEvent(payload);
      if (event?.state === "queued") for (const wake of [...wakes]) wake();
      if (event?.state === "cancelled") running.get(event.id)?.(new Cancelled());
    },
    resumed: () => {
      for (const wake of [...wakes]) wake();
      endCancelled(parts, running).catch((error) => parts.log.warn({ code: nameOf(error) }, "cancellations unread"));
    },
  });
  const watch = watchArrivals(parts);
  const slots = Array.from({ length: parts.workers }, () =>
    work(parts, { stopping: stopping.signal, killing: killing.signal, wakes, running }),
  );
  const burying = buryDead(parts, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      for (const wake of [...wakes]) wake();
      const patience = setTimeout(() => killing.abort(new Stopped()), finishWithinMs);
      await Promise.all([watch.stop(), burying, ...slots]);
      clearTimeout(patience);
      deaf();
    },
  };
}

/** Ends the attempts whose cancellation was told while nobody listened. */
async function endCancelled({ database }: WorkerParts, running: Slot["running"]): Promise<void> {
  if (running.size === 0) return;
  const rows = await database
    .selectFrom("analysis")
    .select("id")
    .where("id", "in", [...running.keys()])
    .where("state", "=", "cancelled")
    .execute();
  for (const { id } of rows) running.get(id)?.(new Cancelled());
}

/** Why an attempt ends early. */
class Cancelled extends Error {}
class ClaimLost extends Error {}
class Stopped extends Error {}

interface Slot {
  readonly stopping: AbortSignal;
  readonly killing: AbortSignal;
  /** Wakes the workers that wait for a job. */
  readonly wakes: Set<() => void>;
  /** Ends the attempt at an analysis, by its id. */
  readonly running: Map<number, (reason: Error) => void>;
}

/** One worker: job after job, until it is stopped. */
async function work(parts: WorkerParts, slot: Slot): Promise<void> {
  const measurer = createMeasurer(parts);
  while (!slot.stopping.aborted) {
    try {
      const job = await parts.queue.claim();
      if (job === undefined) await asleep(slot);
      else await attend(parts, { job, measurer, slot });
    } catch (error) {
      parts.log.warn({ code: nameOf(error) }, "a worker was interrupted");
      await pause(troubleMs);
    }
  }
  measurer.stop();
}

/** Waits until a job is announced, or for a while. */
function asleep({ wakes }: Slot): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      wakes.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, lookEveryMs);
    wakes.add(wake);
  });
}

/** One attempt, with its signs of life. */
async function attend(
  parts: WorkerParts,
  { job, measurer, slot }: { readonly job: ClaimedJob; readonly measurer: Measurer; readonly slot: Slot },
): Promise<void> {
  const ending = new AbortController();
  const end = (reason: Error): void => ending.abort(reason);
  slot.running.set(job.analysisId, end);
  const touching = setInterval(async () => {
    // A sign of life that could not be given says nothing about the claim.
    const isHeld = await parts.queue.touch(job).catch(() => true);
    if (!isHeld) end(new ClaimLost());
  }, touchEveryMs);
  try {
    await runJob(parts, { job, measurer, signal: AbortSignal.any([ending.signal, slot.killing]) });
  } catch (thrown) {
    if (thrown instanceof Cancelled) await parts.queue.complete(parts.database, job);
    else if (thrown instanceof Stopped) await giveBack(parts, job);
    else if (!(thrown instanceof ClaimLost)) throw thrown;
  } finally {
    clearInterval(touching);
    slot.running.delete(job.analysisId);
  }
}

/** Lets another worker take up what this program has no time to end. */
async function giveBack({ database, queue }: WorkerParts, job: ClaimedJob): Promise<void> {
  const state = job.isLastAttempt ? "dead" : "queued";
  await database.transaction().execute(async (transaction) => {
    const change = { state, progress: 0, step: null, errorCode: "worker-ended" } as const;
    await changeAnalysis(transaction, { id: job.analysisId, states: ["running"] }, change);
    await queue.fail(transaction, job, "worker-ended");
  });
}

/** Ends the analyses whose worker died in every attempt, so that none could say so. */
async function buryDead({ queue, log }: WorkerParts, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      await queue.takeDead(async (ids, transaction) => {
        for (const id of ids) {
          const dead = { state: "dead", step: null, errorCode: "worker-ended" } as const;
          await changeAnalysis(transaction, { id, states: ["queued", "running"] }, dead);
        }
      });
    } catch (error) {
      log.warn({ code: nameOf(error) }, "dead letters could not be read");
    }
    await pause(deadEveryMs, undefined, { signal: stopping }).catch(() => {});
  }
}

/** Of an error only what it is: its message can hold values of the images. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

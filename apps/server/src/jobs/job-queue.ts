import type { Kysely, Transaction } from "kysely";
import { fromKysely, type JobWithMetadata, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { z } from "zod";
import type { ArchiveDatabase } from "../database/schema.ts";

/** What a job of the queue is about. */
const jobDataSchema = z.object({ analysisId: z.number() });

/** A job that this process has claimed, until it settles it or its heart stops. */
export interface ClaimedJob {
  readonly jobId: string;
  readonly analysisId: number;
  /** Attempts before this one. */
  readonly retryCount: number;
  readonly isLastAttempt: boolean;
}

/** A database or a transaction of it: what is done in a transaction is done with it, or not at all. */
type Place = Kysely<ArchiveDatabase> | Transaction<ArchiveDatabase>;

/** The queue of analyses, in the same database. */
export interface JobQueue {
  /** Queues an analysis, in the transaction that makes it. */
  send(transaction: Place, job: { readonly jobId: string; readonly analysisId: number }): Promise<void>;
  /** The next job, claimed; `undefined` where none waits. */
  claim(): Promise<ClaimedJob | undefined>;
  /** Says that a job is still worked on. @returns whether the claim still holds */
  touch(job: ClaimedJob): Promise<boolean>;
  /** Ends a job for good. @returns whether the claim still held: where not, the transaction must not be kept */
  complete(transaction: Place, job: ClaimedJob): Promise<boolean>;
  /** Gives a job back, to be tried again later, or among the dead letters after its last attempt. @returns as `complete` */
  fail(transaction: Place, job: ClaimedJob, errorCode: string): Promise<boolean>;
  /** Takes a job that waits out of the queue. */
  cancel(transaction: Place, jobId: string): Promise<void>;
  /** Dead letters, each once: jobs whose worker died in every attempt. */
  takeDead(handle: (analysisIds: readonly number[], transaction: Place) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** How often a job is tried, and what counts as the death of its worker. */
export interface QueueTimes {
  readonly retryLimit: number;
  /** Seconds before the first new attempt; each next one waits twice as long. */
  readonly retryDelay: number;
  readonly retryDelayMax: number;
  /** Seconds without a sign of life after which another worker takes a job over; 10 or more. */
  readonly heartbeatSeconds: number;
  /** Seconds that one attempt may take. */
  readonly expireInSeconds: number;
}

/** As the server runs it: a machine that restarts for half an hour loses no analysis, and no attempt goes on for ever. */
export const usualQueueTimes: QueueTimes = {
  retryLimit: 6,
  retryDelay: 2,
  retryDelayMax: 600,
  heartbeatSeconds: 10,
  expireInSeconds: 3600,
};

const queueName = "analysis";
const deadName = "analysis-dead";

/** Its own connections, beside the pool of the archive. */
const connections = 4;

const affectedSchema = z.object({ affected: z.number() });

/** Dead letters read at once. */
const deadBatch = 100;

/**
 * Opens the queue: pg-boss in a schema of its own (`pgboss`), which it makes and migrates itself. Any number of processes may.
 */
export async function openJobQueue(
  place: { readonly connectionString: string; readonly database: Kysely<ArchiveDatabase> },
  { log, times = usualQueueTimes }: { readonly log: Logger; readonly times?: QueueTimes },
): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: place.connectionString,
    application_name: "etalon-jobs",
    max: connections,
    // Nothing is done by the calendar.
    schedule: false,
    // A dead worker is found within its heartbeat and these.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    queueCacheIntervalSeconds: 60,
  });
  boss.on("error", (error) => log.warn({ err: error }, "the job queue met an error"));
  await boss.start();
  await boss.createQueue(deadName, { retentionSeconds: 365 * 86_400 });
  const options = { ...times, retryBackoff: true, deadLetter: deadName, retentionSeconds: 365 * 86_400 };
  await boss.createQueue(queueName, options);
  await boss.updateQueue(queueName, options);
  const attempt = ({ jobId, retryCount }: ClaimedJob) => ({ id: jobId, retryCount });
  const affected = (response: unknown): boolean => affectedSchema.parse(response).affected === 1;
  return {
    send: async (transaction, { jobId, analysisId }) => {
      await boss.send(queueName, { analysisId }, { id: jobId, db: fromKysely(transaction) });
    },
    claim: async () => {
      const [job] = await boss.fetch<unknown>(queueName, { includeMetadata: true });
      return job === undefined ? undefined : claimedOf(job);
    },
    touch: async (job) => affected(await boss.touch(queueName, attempt(job))),
    complete: async (transaction, job) =>
      affected(await boss.complete(queueName, attempt(job), null, { db: fromKysely(transaction) })),
    fail: async (transaction, job, errorCode) =>
      affected(await boss.fail(queueName, attempt(job), { errorCode }, { db: fromKysely(transaction) })),
    cancel: async (transaction, jobId) => {
      await boss.cancel(queueName, jobId, { db: fromKysely(transaction) });
    },
    takeDead: async (handle) => {
      const jobs = await boss.fetch<unknown>(deadName, { batchSize: deadBatch });
      if (jobs.length === 0) return;
      await place.database.transaction().execute(async (transaction) => {
        await handle(
          jobs.map(({ data }) => jobDataSchema.parse(data).analysisId),
          transaction,
        );
        await boss.complete(
          deadName,
          jobs.map(({ id }) => id),
          null,
          { db: fromKysely(transaction) },
        );
      });
    },
    stop: () => boss.stop({ graceful: false, close: true }),
  };
}

function claimedOf({ id, data, retryCount, retryLimit }: JobWithMetadata<unknown>): ClaimedJob {
  const { analysisId } = jobDataSchema.parse(data);
  return { jobId: id, analysisId, retryCount, isLastAttempt: retryCount >= retryLimit };
}

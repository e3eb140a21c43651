import Fastify from "fastify";
import { pino } from "pino";
import { analysisChannel } from "../../analyses/analysis-event.ts";
import { registerApi } from "../../api/register-api.ts";
import { openTestArchive, type TestArchive } from "../../archive/testing/open-test-archive.ts";
import type { BlobStore } from "../../store/blob-store.ts";
import { type EventChannel, openEventChannel } from "../event-channel.ts";
import { type JobQueue, openJobQueue, type QueueTimes, usualQueueTimes } from "../job-queue.ts";
import { startWorkers, type WorkerParts, type Workers } from "../start-workers.ts";
import type { SmallPhantom } from "./small-phantom.ts";

/** What measures, in the process of a test. */
export interface TestMeasuring extends Omit<TestArchive, "store"> {
  readonly blobs: BlobStore;
  readonly queue: JobQueue;
  readonly events: EventChannel;
  /** "http://127.0.0.1:40000/api". */
  readonly url: string;
  /** Starts workers, one of them where nothing is said; they are stopped with the rest. */
  startWorkers(parts?: Partial<Pick<WorkerParts, "workers" | "memoryMb" | "stableSeconds">>): Workers;
  store(phantom: SmallPhantom): Promise<{ readonly studyInstanceUid: string; readonly seriesInstanceUid: string }>;
}

/** Opens an archive with the API over it, without workers at first. Nothing is measured
 * that was not asked for, unless the workers are told otherwise. */
export async function openMeasuring(times: Partial<QueueTimes> = {}): Promise<TestMeasuring> {
  const opened = await openTestArchive();
  const log = pino({ enabled: false });
  const { archive, scope, folder } = opened;
  const { connectionString, kysely: database } = opened.database;
  const queue = await openJobQueue({ connectionString, database }, { log, times: { ...usualQueueTimes, ...times } });
  const events = await openEventChannel({ connectionString, channel: analysisChannel }, log);
  const app = Fastify();
  const siteOf = (header: unknown): number => (typeof header === "string" ? Number(header) : scope.siteId);
  await app.register(
    async (api) => {
      const scopeOf = (request: { readonly headers: Readonly<Record<string, unknown>> }) => ({
        ...scope,
        siteId: siteOf(request.headers["x-site"]),
      });
      registerApi(api, { database, queue, events, scopeOf });
    },
    { prefix: "/api" },
  );
  const url = `${await app.listen({ host: "127.0.0.1", port: 0 })}/api`;
  const started: Workers[] = [];
  return {
    ...opened,
    blobs: opened.store,
    queue,
    events,
    url,
    startWorkers: ({ workers = 1, memoryMb = 2048, stableSeconds = 3600 } = {}) => {
      const place = {
        database,
        queue,
        events,
        archive,
        log,
        store: { storeFolder: folder, s3: undefined },
        clock: () => new Date(),
      };
      const running = startWorkers({ ...place, workers, memoryMb, stableSeconds, language: "en" });
      started.push(running);
      return running;
    },
    store: async ({ files }) => {
      let uids = { studyInstanceUid: "", seriesInstanceUid: "" };
      for (const { bytes } of files) {
        const stored = await archive.store(scope, { form: "part10", bytes: inOnePiece(bytes) });
        if (stored.kind === "refused") throw new Error(stored.message);
        uids = stored;
      }
      return uids;
    },
    close: async () => {
      await Promise.all(started.map((workers) => workers.stop()));
      await app.close();
      await events.stop();
      await queue.stop();
      await opened.close();
    },
  };
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

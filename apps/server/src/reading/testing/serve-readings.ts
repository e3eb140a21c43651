import { type ServedAccounts, serveAccounts } from "../../accounts/testing/served-accounts.ts";

import { startWorkers, type Workers } from "../../jobs/start-workers.ts";
import { smallPhantom } from "../../jobs/testing/small-phantom.ts";
import { createReadingWork } from "../reading-work.ts";
import { signingWork } from "../signing-work.ts";

/** A server with accounts and readings over an archive of one test file. */
export interface ServedReadings extends ServedAccounts {
  /** Asks the API as an account; an object is sent as JSON. */
  ask(path: string, asked: AskedOnce): Promise<Response>;
  /** Starts a worker that measures and signs; it is stopped with the rest. */
  work(): Workers;
  /** Stores a small phantom; @returns its Study Instance UID. */
  storePhantom(options?: Parameters<typeof smallPhantom>[0]): Promise<string>;
}

/** One request. */
export interface AskedOnce {
  /** Authorization header. */
  readonly as: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves all of the server's HTTP, workers included where they are started. */
export async function serveReadings(environment: Readonly<Record<string, string>> = {}): Promise<ServedReadings> {
  const served = await serveAccounts(environment);
  const started: Workers[] = [];
  return {
    ...served,
    work: () => {
      const { core } = served;
      const { config, database, queue, events, archive, log } = core;
      const workers = startWorkers({
        ...{ queue, events, archive, log, database: database.kysely, clock: () => new Date() },
        ...{ workers: 1, memoryMb: 2048, stableSeconds: 3600, language: "en" },
        store: { storeFolder: served.folder, s3: config.s3 },
        readings: createReadingWork(signingWork(core)),
      });
      started.push(workers);
      return workers;
    },
    close: async () => {
      await Promise.all(started.map((workers) => workers.stop()));
      await served.close();
    },
    ask: (path, { as, method = "GET", body, headers = {} }) =>
      fetch(`${served.url}/api/${path}`, {
        method,
        headers: {
          authorization: as,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    storePhantom: async (options = { columns: 32, rows: 32 }) => {
      let studyInstanceUid = "";
      for (const { bytes } of smallPhantom(options).files) {
        const stored = await served.archive.store(served.scope, { form: "part10", bytes: inOnePiece(bytes) });
        if (stored.kind === "refused") throw new Error(stored.message);
        studyInstanceUid = stored.studyInstanceUid;
      }
      return studyInstanceUid;
    },
  };
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

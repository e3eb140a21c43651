import { type ServedAccounts, serveAccounts } from "../../accounts/testing/served-accounts.ts";

import { smallPhantom } from "../../jobs/testing/small-phantom.ts";

/** A server with accounts and readings over an archive of one test file. */
export interface ServedReadings extends ServedAccounts {
  /** Asks the API as an account; an object is sent as JSON. */
  ask(path: string, asked: AskedOnce): Promise<Response>;
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
export async function serveReadings(): Promise<ServedReadings> {
  const served = await serveAccounts();
  return {
    ...served,
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

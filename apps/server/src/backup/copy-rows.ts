import { once } from "node:events";
import type { Duplex } from "node:stream";
import type pg from "pg";

/** What of pg's connection COPY needs; its published types leave it out. */
interface CopyConnection {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Bytes that wait in memory before the other side is made to wait. */
const mostWaiting = 1024 * 1024;

/**
 * The rows of `COPY … TO STDOUT`, a line each in PostgreSQL's text format, as they come; pg itself has no COPY.
 *
 * @throws what PostgreSQL says
 */
export async function* copyOut(client: pg.Client, text: string): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let waiting = 0;
  let failure: { readonly thrown: unknown } | undefined;
  let isEnded = false;
  let wake = (): void => {};
  let connection: CopyConnection | undefined;
  const end = (failed?: { readonly thrown: unknown }): void => {
    failure ??= failed;
    isEnded = true;
    wake();
  };
  client.query({
    submit: (given: unknown) => {
      connection = asCopyConnection(given);
      connection.query(text);
    },
    handleCopyData: ({ chunk }: { readonly chunk: Uint8Array }) => {
      // The parser uses its memory again.
      pieces.push(Uint8Array.from(chunk));
      waiting += chunk.length;
      if (waiting > mostWaiting) connection?.stream.pause();
      wake();
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => end(),
    handleError: (thrown: unknown) => end({ thrown }),
  });
  try {
    for (;;) {
      const gathered = pieces.splice(0);
      waiting = 0;
      connection?.stream.resume();
      if (gathered.length > 0) yield Buffer.concat(gathered);
      else if (isEnded) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    connection?.stream.resume();
  }
  if (failure !== undefined) throw failure.thrown;
}

/**
 * Sends rows to `COPY … FROM STDIN`.
 *
 * @throws what PostgreSQL says, or what `rows` throws; no row is kept then
 */
export function copyIn(client: pg.Client, text: string, rows: AsyncIterable<Uint8Array>): Promise<void> {
  return new Promise((resolve, reject) => {
    let isEnded = false;
    let failure: { readonly thrown: unknown } | undefined;
    const send = async (connection: CopyConnection): Promise<void> => {
      try {
        for await (const piece of rows) {
          if (isEnded) return;
          connection.sendCopyFromChunk(piece);
          if (connection.stream.writableLength > mostWaiting) await once(connection.stream, "drain");
        }
        connection.endCopyFrom();
      } catch (thrown) {
        failure = { thrown };
        connection.sendCopyFail("the rows broke off");
      }
    };
    client.query({
      submit: (given: unknown) => asCopyConnection(given).query(text),
      handleCopyInResponse: (given: unknown) => void send(asCopyConnection(given)),
      handleCommandComplete: () => {},
      handleReadyForQuery: () => resolve(),
      handleError: (thrown: unknown) => {
        isEnded = true;
        reject(failure === undefined ? thrown : failure.thrown);
      },
    });
  });
}

function asCopyConnection(given: unknown): CopyConnection {
  // pg 8's connection has these methods, which @types/pg does not list.
  return given as CopyConnection;
}

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
}

/** What runs in one program of all that share a database. */
export interface OnlyOnce {
  readonly connectionString: string;
  /** Same name, same election. */
  readonly name: string;
  readonly log: Pick<Logger, "info" | "warn">;
  /** Called each time this program becomes the one. */
  readonly begin: () => Running;
}

/** Between two attempts to become the one, and two looks whether the connection lives. */
const lookEveryMs = 2000;

/** An answer later than this is none. */
const patienceMs = 10_000;

/**
 * Runs something in one of the programs that share a database: in whoever holds an advisory lock on a connection of its own.
 * The lock goes with the connection, so that another program takes over within seconds of this one's end, however it ends.
 * Where the network keeps that from this program for a moment, two may run at once: what is run must bear it.
 *
 * @returns once the first attempt is over
 */
export async function runInOne(parts: OnlyOnce): Promise<Running> {
  const ending = new AbortController();
  let firstTry = (): void => {};
  const tried = new Promise<void>((resolve) => (firstTry = resolve));
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await hold(parts, ending.signal, firstTry).catch((error: unknown) =>
        parts.log.warn({ err: error, name: parts.name }, "it is not known who runs this"),
      );
      firstTry();
      await pause(lookEveryMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const ended = run();
  await tried;
  return {
    stop: async () => {
      ending.abort();
      await ended;
    },
  };
}

/** One connection, from its opening until it breaks or the end is asked for. */
async function hold(parts: OnlyOnce, signal: AbortSignal, tried: () => void): Promise<void> {
  const { connectionString, name, log, begin } = parts;
  const client = new pg.Client({
    connectionString,
    keepAlive: true,
    query_timeout: patienceMs,
    connectionTimeoutMillis: patienceMs,
    application_name: "etalon-upkeep",
  });
  // A connection that breaks says so at its next query.
  client.on("error", () => {});
  let running: Running | undefined;
  try {
    await client.connect();
    while (!signal.aborted) {
      if (running !== undefined) await client.query("SELECT 1");
      else if (await take(client, name)) {
        log.info({ name }, "this process runs it for all");
        running = begin();
      }
      tried();
      await pause(lookEveryMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    await running?.stop();
    await client.end().catch(() => {});
  }
}

async function take(client: pg.Client, name: string): Promise<boolean> {
  const key = createHash("sha256").update(`in one\n${name}`).digest().readBigInt64LE(0).toString();
  const { rows } = await client.query<{ readonly taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [key]);
  return rows[0]?.taken === true;
}

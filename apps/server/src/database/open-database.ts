import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import { gatheringSocket } from "./gathering-socket.ts";
import { pipelinedPool } from "./pipelined-pool.ts";
import type { ArchiveDatabase } from "./schema.ts";

/** The archive's database, open. */
export interface OpenDatabase {
  readonly kysely: Kysely<ArchiveDatabase>;
  /** Connections of the pool: open, idle, and requests that wait for one. */
  poolState(): { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Waits for the queries under way, then closes every connection. */
  close(): Promise<void>;
}

/** How a pool is opened. */
export interface DatabaseOptions {
  readonly connectionString: string;
  /** Most connections at once. */
  readonly poolSize: number;
  readonly log: Pick<Logger, "warn">;
}

/** How long a request waits for a connection before the database counts as unavailable. */
const connectionPatienceMs = 10_000;

/**
 * Types as PostgreSQL sends them, but 64-bit integers as numbers: ids, sizes and counts, none of which comes near 2^53.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8 && format !== "binary" ? Number : pg.types.getTypeParser(id, format),
};

/**
 * For disks without moving parts (a row out of order costs little more than one in order) and answers in milliseconds
 * (compiling a query takes longer than running it).
 */
const planning = "-c random_page_cost=1.1 -c jit=off";

/** Opens a pool of connections to the archive's database; none is made before the first query. */
export function openDatabase({ connectionString, poolSize, log }: DatabaseOptions): OpenDatabase {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    types,
    options: planning,
    connectionTimeoutMillis: connectionPatienceMs,
    application_name: "etalon",
    pipeline: true,
    stream: gatheringSocket,
  });
  // A connection that breaks while it idles, as when PostgreSQL is killed, is replaced by the pool at the next query. One that
  // breaks between two queries of a transaction says so itself, and would end the program: its next query fails instead.
  pool.on("error", (error) => log.warn({ err: error }, "a database connection broke"));
  pool.on("connect", (client) => client.on("error", () => {}));
  const kysely = new Kysely<ArchiveDatabase>({ dialect: new PostgresDialect({ pool: pipelinedPool(pool) }) });
  return {
    kysely,
    poolState: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => kysely.destroy(),
  };
}

import { setTimeout as pause } from "node:timers/promises";
import { EtalonError } from "@etalon/base";
import pg from "pg";

/**
 * What a server answers, or the system in its place, while it comes up: 57P03 cannot_connect_now, 57P01 and 57P02 shutdown,
 * 08006 and 08001 connection failures (PostgreSQL appendix A), and no socket yet.
 */
const comingUp: ReadonlySet<string> = new Set([
  "57P03",
  "57P01",
  "57P02",
  "08001",
  "08006",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
]);

/** PostgreSQL's "there is a database of that name". */
const DUPLICATE_DATABASE = "42P04";

const retryEveryMs = 50;

/**
 * Connects as soon as a server takes connections.
 *
 * @param patienceMs how long it may recover
 * @returns a connection, to be ended by the caller
 * @throws {EtalonError} `database-unreachable` after that, or at once where waiting cannot help
 */
export async function waitForDatabase(connectionString: string, patienceMs: number): Promise<pg.Client> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
    // A connection that breaks while nobody uses it is no reason to end the program.
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (cause) {
      // Not waited for: of a connection that broke as it was made, pg waits a minute for an end that has been.
      client.end().catch(() => {});
      const code = codeOf(cause);
      if (!comingUp.has(code) || performance.now() > giveUpAt) throw unreachable(connectionString, code, cause);
    }
    await pause(retryEveryMs);
  }
}

/** Recovery after a crash reads what was written since the last checkpoint: minutes on a slow disk. */
const recoveryMs = 600_000;

/**
 * Makes a database unless there is one of that name.
 *
 * @param connectionString of another database of the same server
 * @throws {EtalonError} `database-unreachable`
 */
export async function createDatabaseIfMissing(connectionString: string, name: string): Promise<void> {
  const client = await waitForDatabase(connectionString, recoveryMs);
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (cause) {
    if (codeOf(cause) !== DUPLICATE_DATABASE) throw unreachable(connectionString, codeOf(cause), cause);
  } finally {
    await client.end();
  }
}

function codeOf(thrown: unknown): string {
  // pg's own words, without a code, for a connection that broke while it was made.
  if (thrown instanceof Error && thrown.message.startsWith("Connection terminated")) return "08006";
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
}

/** The address without its password. */
function unreachable(connectionString: string, code: string, cause: unknown): EtalonError {
  const { hostname, port, pathname } = new URL(connectionString);
  return new EtalonError("database-unreachable", {
    field: `${decodeURIComponent(hostname)}:${port || "5432"}${pathname}`,
    received: code,
    cause,
  });
}

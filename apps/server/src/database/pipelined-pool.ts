import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";

/**
 * How a statement is sent, said by a comment that it starts with. `prepared`: planned once a connection, so its text must be
 * one of few. `unawaited`, in a transaction: the program goes on at once, and the statement's failure is thrown by the next one
 * that is awaited, the commit at the latest. `within 30000 ms`: PostgreSQL ends it after that by 57014, query_canceled.
 */
const manner = /^\s*\/\* (prepared)?(?:, )?(unawaited)?(?:within (\d+) ms)? \*\//;

/** Names of prepared statements, by their text. */
const names = new Map<string, string>();

/** What Kysely takes from a statement whose rows nobody reads. */
const nothing = { command: "SELECT", rowCount: 0, rows: [] } as const;

/**
 * A pool of connections in pipeline mode for Kysely: `begin` goes out with the first statement, `unawaited` ones with those
 * after them, so that a transaction of several statements takes two round trips. A transaction that runs none takes none.
 */
export function pipelinedPool(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      // Kysely tells connections apart by their object.
      const known = clients.get(client) ?? pipelinedClient(client);
      clients.set(client, known);
      return known;
    },
  };
}

interface Sent {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

function pipelinedClient(client: pg.PoolClient): PostgresPoolClient {
  let isToBegin = false;
  let unawaited: Promise<unknown>[] = [];

  function begin(): void {
    if (!isToBegin) return;
    isToBegin = false;
    keep(client.query("begin"));
  }

  function send(text: string, values: readonly unknown[], isPrepared: boolean): Promise<Sent> {
    return client.query({ text, values: [...values], ...(isPrepared ? { name: nameOf(text) } : {}) });
  }

  function keep(sent: Promise<unknown>): void {
    // Whoever awaits the next statement is told.
    pass(sent);
    unawaited.push(sent);
  }

  /** What it fails by, the statement beside it does too. */
  function pass(sent: Promise<unknown>): void {
    sent.catch(() => {});
  }

  /** Waits for a statement and those before it; the first failure is the cause of those after it. */
  async function settled(sent: Promise<Sent>): Promise<Sent> {
    const before = unawaited;
    unawaited = [];
    const last = sent.catch(() => {});
    for (const each of before) await each;
    await last;
    return sent;
  }

  async function run(text: string, values: readonly unknown[]): Promise<Sent> {
    if (text === "begin") {
      isToBegin = true;
      return nothing;
    }
    const isEnd = text === "commit" || text === "rollback";
    if (isEnd && isToBegin) {
      isToBegin = false;
      return nothing;
    }
    if (text === "rollback") unawaited = [];
    begin();
    const [, prepared, later, longestMs] = manner.exec(text) ?? [];
    if (longestMs !== undefined) pass(client.query(`set statement_timeout = ${longestMs}`));
    const sent = send(text, values, prepared !== undefined);
    if (longestMs !== undefined) pass(client.query("set statement_timeout = default"));
    if (later === undefined) return settled(sent);
    keep(sent);
    return nothing;
  }

  return {
    // Kysely's type says which rows the caller expects; the statement says which it gets.
    query: (async (text: string, values: readonly unknown[]) => run(text, values)) as PostgresPoolClient["query"],
    release: (isBroken) => {
      isToBegin = false;
      unawaited = [];
      client.release(isBroken);
    },
  };
}

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `etalon_${names.size + 1}`;
  names.set(text, name);
  return name;
}

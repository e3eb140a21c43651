import { randomUUID } from "node:crypto";
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from "@fastify/rate-limit";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import { z } from "zod";
import type { ArchiveDatabase } from "../database/schema.ts";
import { openEventChannel } from "../jobs/event-channel.ts";

/** Where web processes tell each other how much is asked. */
export interface CountPlace {
  readonly connectionString: string;
  readonly database: Kysely<ArchiveDatabase>;
  readonly log: Logger;
}

/** Requests of each asker, counted by all web processes together. */
export interface RequestCounts {
  /** For `@fastify/rate-limit`. */
  readonly Store: FastifyRateLimitStoreCtor;
  stop(): Promise<void>;
}

const channel = "etalon_requests";

/** Windows begin with the minutes of the clock, so that all processes mean the same one. */
const windowMs = 60_000;

/** Between two tellings: for so long an asker may get as much again of each process. */
const tellEveryMs = 1000;

/** Requests in one process that nobody else needs to know of: nearly everybody asks less. */
const untold = 60;

/** Counts of one notification: PostgreSQL takes 8000 bytes, and a key has 44. */
const mostAtOnce = 100;

const toldSchema = z.object({
  from: z.string(),
  window: z.number(),
  counts: z.array(z.tuple([z.string(), z.number()])),
});

interface Count {
  own: number;
  told: number;
  others: number;
}

/** Counts in memory, and tells the other processes over the database (LISTEN/NOTIFY) of whoever asks much. */
export async function openRequestCounts({ connectionString, database, log }: CountPlace): Promise<RequestCounts> {
  const self = randomUUID();
  let window = 0;
  let counts = new Map<string, Count>();
  const countOf = (key: string): Count => {
    const now = Math.floor(Date.now() / windowMs);
    if (now !== window) {
      window = now;
      counts = new Map();
    }
    const count = counts.get(key) ?? { own: 0, told: 0, others: 0 };
    counts.set(key, count);
    return count;
  };
  const events = await openEventChannel({ connectionString, channel }, log);
  events.listen({
    notified: (payload) => {
      const said = readTold(payload);
      if (said === undefined || said.from === self) return;
      for (const [key, more] of said.counts) {
        const count = countOf(key);
        if (said.window === window) count.others += more;
      }
    },
  });
  const tell = async (): Promise<void> => {
    const news = [...counts].filter(([, { own, told }]) => own - told >= untold).slice(0, mostAtOnce);
    if (news.length === 0) return;
    const payload = { from: self, window, counts: news.map(([key, { own, told }]) => [key, own - told]) };
    for (const [, count] of news) count.told = count.own;
    await sql`SELECT pg_notify(${channel}, ${JSON.stringify(payload)})`.execute(database);
  };
  // Where the database is away nothing is answered either.
  const telling = setInterval(() => tell().catch(() => {}), tellEveryMs);
  return {
    Store: storeOf((key) => {
      const count = countOf(key);
      count.own += 1;
      return count.own + count.others;
    }),
    stop: async () => {
      clearInterval(telling);
      await events.stop();
    },
  };
}

/** @param add counts one request and says how many there were in this window */
function storeOf(add: (key: string) => number): FastifyRateLimitStoreCtor {
  const counting = (prefix: string): FastifyRateLimitStore => ({
    incr: (key, callback) => callback(null, { current: add(prefix + key), ttl: windowMs - (Date.now() % windowMs) }),
    // A route with a limit of its own counts for itself.
    child: ({ path }) => counting(`${path} `),
  });
  return class {
    readonly incr = counting("").incr;
    readonly child = counting("").child;
  };
}

function readTold(payload: string): z.output<typeof toldSchema> | undefined {
  try {
    return toldSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

import { type Kysely, sql } from "kysely";
import { Gauge, type Metric } from "prom-client";
import type { ArchiveDatabase } from "../database/schema.ts";

/** How the queue stands. */
interface QueueState {
  readonly queued: number;
  readonly running: number;
  readonly dead: number;
  /** Of the analysis that has waited longest. */
  readonly oldestSeconds: number;
}

/** An answer this young serves all gauges of one look. */
const keptMs = 1000;

/**
 * Gauges of the queue that all processes share: any one of them says the same. What ended is counted by who ended it
 * (`etalon_analysis_attempts_total`): counting millions of rows at each look would slow the database.
 */
export function createQueueMetrics(database: Kysely<ArchiveDatabase>): readonly Metric[] {
  let latest: { readonly at: number; readonly state: Promise<QueueState | undefined> } | undefined;
  const read = (): Promise<QueueState | undefined> => {
    const now = performance.now();
    // The database being away, the other metrics are still told.
    if (latest === undefined || now - latest.at > keptMs)
      latest = { at: now, state: readState(database).catch(() => undefined) };
    return latest.state;
  };
  return [
    new Gauge({
      name: "etalon_analyses",
      help: "Analyses that wait, run, or were given up, of all processes together",
      labelNames: ["state"] as const,
      registers: [],
      async collect() {
        const state = await read();
        this.reset();
        if (state === undefined) return;
        this.set({ state: "queued" }, state.queued);
        this.set({ state: "running" }, state.running);
        this.set({ state: "dead" }, state.dead);
      },
    }),
    new Gauge({
      name: "etalon_analysis_oldest_queued_seconds",
      help: "Time for which the oldest analysis that waits has been there; 0 where none waits",
      registers: [],
      async collect() {
        const state = await read();
        if (state !== undefined) this.set(state.oldestSeconds);
      },
    }),
  ];
}

/** Each number from the index of one state: what is done is not walked through. */
async function readState(database: Kysely<ArchiveDatabase>): Promise<QueueState> {
  const { rows } = await sql<QueueState>`
    SELECT
      (SELECT sum((SELECT count(*) FROM analysis WHERE site_id = site.id AND state = 'queued')) FROM site)::integer AS queued,
      (SELECT sum((SELECT count(*) FROM analysis WHERE site_id = site.id AND state = 'running')) FROM site)::integer AS running,
      (SELECT sum((SELECT count(*) FROM analysis WHERE site_id = site.id AND state = 'dead')) FROM site)::integer AS dead,
      coalesce(extract(epoch FROM now() - (SELECT min(
        (SELECT created_at FROM analysis WHERE site_id = site.id AND state = 'queued' ORDER BY id LIMIT 1)) FROM site)), 0)
        ::double precision AS "oldestSeconds"`.execute(database);
  const [state] = rows;
  if (state === undefined) throw new Error("a query without FROM gives one row");
  return state;
}

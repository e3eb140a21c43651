import { setTimeout as pause } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import { matchSeries } from "./match-series.ts";

/** What watches, until it is stopped. */
export interface ArrivalWatch {
  stop(): Promise<void>;
}

/** What is watched, and how. */
export interface WatchParts {
  readonly database: Kysely<ArchiveDatabase>;
  readonly queue: Pick<JobQueue, "send">;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Seconds without a new image after which a series counts as complete. */
  readonly stableSeconds: number;
}

/** Between two looks: a scan of an index that holds only series which wait. */
const lookEveryMs = 1000;

/** Series looked at in one round. */
const batch = 50;

/**
 * Matches each series with the catalogue once it is stable. What waits stands in the database: any number of processes may
 * watch, and none need have been there when the images came.
 */
export function watchArrivals(parts: WatchParts): ArrivalWatch {
  const ending = new AbortController();
  const { signal } = ending;
  const run = async (): Promise<void> => {
    for (;;) {
      try {
        while ((await matchStable(parts, signal)) && !signal.aborted);
      } catch (error) {
        // The database is away: what waits, waits on.
        parts.log.warn({ code: nameOf(error) }, "arrivals could not be looked at");
      }
      await pause(lookEveryMs, undefined, { signal });
    }
  };
  const ended = run().catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown;
  });
  return {
    stop: () => {
      ending.abort();
      return ended;
    },
  };
}

/** One round. @returns whether there may be more */
async function matchStable(
  { database, queue, clock, log, stableSeconds }: WatchParts,
  signal: AbortSignal,
): Promise<boolean> {
  const waiting = await database
    .selectFrom("series")
    .select("id")
    .where("needs_matching", "=", true)
    .where("changed_at", "<=", new Date(clock().getTime() - stableSeconds * 1000))
    .limit(batch)
    .execute();
  let matched = 0;
  for (const { id } of waiting) {
    if (signal.aborted) return false;
    if ((await matchSeries(database, queue, { seriesId: id, log })) === "matched") matched += 1;
  }
  return matched > 0 && waiting.length === batch;
}

/** Of an error only what it is: its message can hold values of the images. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

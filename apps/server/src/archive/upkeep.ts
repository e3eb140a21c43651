import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { ArchivePlace } from "./archive-place.ts";
import { type Reconciliation, reconcile } from "./reconcile.ts";

/** When store and index are compared, milliseconds. */
export interface UpkeepTimes {
  /** After the start, so that it comes up first. */
  readonly firstAfterMs: number;
  readonly everyMs: number;
  /** Age from which bytes without a row are what a crash left, and how long they must have been so before they go. */
  readonly graceMs: number;
}

/** What runs beside the archive until it is stopped. */
export interface Upkeep {
  /** What the last comparison found; `undefined` before the first. */
  last(): Reconciliation | undefined;
  /** Ends it; settles when nothing of it runs any more. */
  stop(): Promise<void>;
}

const hourMs = 3_600_000;

/** As the server runs it: a day is far longer than any upload between its bytes and its row. */
export const usualUpkeep: UpkeepTimes = { firstAfterMs: 60_000, everyMs: 25 * hourMs, graceMs: 24 * hourMs };

/** Damaged instances named in the log one by one; of more only the number is told. */
const mostNamed = 20;

/**
 * Finishes deletions that were interrupted; then compares store and index again and again, and says what it found: images that
 * lost their bytes, bytes that no row names. Those go where they are few and stay without a row for a day. Several programs on
 * one archive may each do so.
 */
export function startUpkeep(
  place: ArchivePlace,
  { log, times, removesOrphans }: { log: Logger; times: UpkeepTimes; removesOrphans: boolean },
): Upkeep {
  const ending = new AbortController();
  const { signal } = ending;
  let last: Reconciliation | undefined;
  const run = async (): Promise<void> => {
    for (let waitMs = times.firstAfterMs; !signal.aborted; waitMs = times.everyMs) {
      await pause(waitMs, undefined, { signal });
      try {
        last = await reconcile(place, { graceMs: times.graceMs, removesOrphans, signal });
        tell(last, log);
      } catch (error) {
        // The database may be away for a moment: the next round tries again.
        if (!signal.aborted) log.error({ err: error }, "store and index could not be compared");
      }
    }
  };
  const ended = run().catch((thrown: unknown) => {
    if (!signal.aborted) throw thrown;
  });
  return {
    last: () => last,
    stop: () => {
      ending.abort();
      return ended;
    },
  };
}

function tell(found: Reconciliation, log: Logger): void {
  const { removedBlobs, damaged, ...numbers } = found;
  const counts = { ...numbers, removedBlobs: removedBlobs.length, damaged: damaged.length };
  for (const instance of damaged.slice(0, mostNamed)) log.error(instance, "the bytes of an image are gone or cut");
  if (found.keptOrphans > 0)
    log.warn(
      counts,
      "bytes without a row, which stay for now: a crash left them, or, where they are many, this is not the database of this store",
    );
  if (damaged.length > 0) log.error(counts, "store and index differ");
  else log.info(counts, "store and index compared");
}

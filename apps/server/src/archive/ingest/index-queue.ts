import { type BatchOutcome, type IndexOutcome, type IndexPlace, indexBatch } from "./index-batch.ts";
import type { InstanceEntry } from "./instance-entry.ts";

/** Makes an object findable; settles when that is on the disk. @throws {EtalonError} `blob-missing`, and what the database does */
export type IndexQueue = (entry: InstanceEntry) => Promise<IndexOutcome>;

/** Objects of one transaction at most: it holds a lock for each. */
const longestBatch = 64;

interface Waiting {
  readonly entry: InstanceEntry;
  readonly resolve: (outcome: IndexOutcome) => void;
  readonly reject: (thrown: unknown) => void;
}

/**
 * Indexes objects, a study at a time: the first at once, and those that come meanwhile together in the next transaction. One
 * study's objects could not be indexed side by side, as each counts in the study's row.
 */
export function createIndexQueue(place: IndexPlace): IndexQueue {
  const queues = new Map<string, Waiting[]>();

  async function run(key: string, queue: Waiting[]): Promise<void> {
    for (;;) {
      const [first, ...others] = queue.splice(0, longestBatch);
      if (first === undefined) break;
      await indexTogether([first, ...others]);
    }
    queues.delete(key);
  }

  async function indexTogether(batch: readonly [Waiting, ...Waiting[]]): Promise<void> {
    const [first, ...others] = batch;
    try {
      const outcomes = await indexBatch(place, [first.entry, ...others.map(({ entry }) => entry)]);
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (thrown) {
      if (others.length === 0) first.reject(thrown);
      // One object that the database refuses must not take the others with it.
      else for (const waiting of batch) await indexTogether([waiting]);
    }
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      const key = `${entry.scope.siteId} ${entry.prepared.identity.studyInstanceUid}`;
      const waiting = { entry, resolve, reject };
      const queue = queues.get(key);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const begun = [waiting];
      queues.set(key, begun);
      void run(key, begun);
    });
}

function settle({ resolve, reject }: Waiting, settled: BatchOutcome[number] | undefined): void {
  if (settled === undefined) reject(new Error("an object of the batch has no outcome"));
  else if ("thrown" in settled) reject(settled.thrown);
  else resolve(settled.outcome);
}

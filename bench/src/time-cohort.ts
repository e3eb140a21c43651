import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** What evaluating a cohort took. */
export interface CohortTiming {
  readonly people: number;
  readonly workers: number;
  /** From the moment every worker has its people in memory to the last verdict. */
  readonly seconds: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Evaluates every pack on made-up people, split between workers. */
export async function timeCohort(people: number, workers: number): Promise<CohortTiming> {
  const running = Array.from({ length: workers }, (_, index) => {
    const workerData = { people: Math.ceil(people / workers), seed: index + 1 };
    return new Worker(join(import.meta.dirname, "cohort-worker.ts"), { workerData });
  });
  await Promise.all(running.map((worker) => once(worker, "message")));
  const began = performance.now();
  const done = running.map((worker) => once(worker, "message"));
  for (const worker of running) worker.postMessage("begin");
  const answers = await Promise.all(done);
  const seconds = (performance.now() - began) / 1000;
  const outcomes: Record<string, number> = {};
  for (const [answer] of answers) {
    for (const [outcome, count] of Object.entries(answer as Readonly<Record<string, number>>)) {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    }
  }
  return { people, workers, seconds, outcomes };
}

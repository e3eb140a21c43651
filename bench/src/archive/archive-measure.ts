import { type Contender, runInterleaved, type Timing } from "../run-interleaved.ts";

/** One row group of the page: ours first, then Orthanc's ways to the same end. */
export interface ArchiveMeasure {
  readonly title: string;
  /** What is timed, in a sentence or two. */
  readonly work: string;
  /** Times faster than the fastest of the others. */
  readonly aim: number;
  /** Longest median allowed of ours, seconds. */
  readonly aimSeconds?: number;
  readonly timings: readonly Timing[];
  /** Bytes of one round, where a throughput says something. */
  readonly bytes?: number;
  /** Times of each kind of request, in the order of the peers. */
  readonly details?: readonly { readonly query: string; readonly seconds: readonly (readonly number[])[] }[];
}

/** Times work in turns; one round before those that count warms all of them up. */
export function timeInTurns(
  contenders: readonly { readonly name: string; readonly run: () => Promise<number> }[],
  rounds: number,
): Promise<Timing[]> {
  const all = contenders.map(
    ({ name, run }): Contender => ({
      name,
      needsWarmUp: true,
      run: async () => ({ seconds: await run(), answer: {} }),
    }),
  );
  return runInterleaved(all, { warmUp: 1, counted: rounds });
}

/** Seconds that work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

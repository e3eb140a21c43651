import type { Answer } from "./answer.ts";

/** One side of a comparison: each call does the work once. */
export interface Contender {
  readonly name: string;
  /** Whether its first call costs more than the others: code to compile, files to cache. */
  readonly needsWarmUp: boolean;
  readonly run: () => Promise<{ readonly seconds: number; readonly answer: Answer }>;
}

/** The times of one contender, in the order of the rounds. */
export interface Timing {
  readonly name: string;
  readonly seconds: readonly number[];
  /** Of the last round. */
  readonly answer: Answer;
}

/**
 * Times contenders in turns (ours, theirs, ours, theirs …), so that what else the machine does falls on all alike. Rounds
 * before the first that counts warm up what needs it.
 */
export async function runInterleaved(
  contenders: readonly Contender[],
  rounds: { readonly warmUp: number; readonly counted: number },
): Promise<Timing[]> {
  const seconds = contenders.map((): number[] => []);
  const answers: Answer[] = [];
  for (let round = -rounds.warmUp; round < rounds.counted; round++) {
    for (const [index, contender] of contenders.entries()) {
      if (round < 0 && !contender.needsWarmUp) continue;
      const taken = await contender.run();
      answers[index] = taken.answer;
      if (round >= 0) seconds[index].push(taken.seconds);
    }
  }
  return contenders.map(({ name }, index) => ({ name, seconds: seconds[index], answer: answers[index] }));
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

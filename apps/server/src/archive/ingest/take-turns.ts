/** Runs work when the work given before it has ended. */
export type TakeTurns = <T>(work: () => Promise<T>) => Promise<T>;

/** One at a time, in order: for work that takes much memory. */
export function createTurns(): TakeTurns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

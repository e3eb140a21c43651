import { EtalonError } from "@etalon/base";

/**
 * Runs work, at most `atOnce` at a time, in the order of asking.
 *
 * @returns a function that throws EtalonError `server-busy` where `waiting` others wait already
 */
export function createTurnstile({
  atOnce,
  waiting,
}: {
  readonly atOnce: number;
  readonly waiting: number;
}): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else if (queue.length >= waiting) throw new EtalonError("server-busy", { field: "the picture" });
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

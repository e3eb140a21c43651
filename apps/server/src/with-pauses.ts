import { performance } from "node:perf_hooks";
import { setImmediate as othersHaveRun } from "node:timers/promises";

/** Work at a stretch: far below what anybody notices who waits for another answer. */
const stretchMs = 10;

/** The same items; between two of them, whenever 10 ms have passed, everything else that waits has its turn. */
export async function* withPauses<T>(items: Iterable<T>): AsyncGenerator<T, void, void> {
  let begun = performance.now();
  for (const item of items) {
    if (performance.now() - begun > stretchMs) {
      await othersHaveRun();
      begun = performance.now();
    }
    yield item;
  }
}

import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { withPauses } from "./with-pauses.ts";

test("others wait 100 ms at most while many items are worked on", async () => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const done: number[] = [];
  delay.enable();
  for await (const item of withPauses(Array.from({ length: 500 }, (_, index) => index))) {
    const end = performance.now() + 1;
    while (performance.now() < end);
    done.push(item);
  }
  await wait(10);
  delay.disable();
  expect(done).toHaveLength(500);
  // 500 items of 1 ms in one stretch would be 500 ms; the delay is counted in nanoseconds, its resolution with it.
  expect(delay.percentile(95) / 1e6).toBeLessThan(100);
  expect(delay.count).toBeGreaterThan(10);
});

import { Registry } from "prom-client";
import { afterEach, expect, test, vi } from "vitest";
import { saidDatabase } from "../testing/said-database.ts";
import { createQueueMetrics } from "./queue-metrics.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** The gauges of a database, as they are told. */
function toldOf(read: () => { queued: number; running: number; dead: number; oldestSeconds: number }) {
  const asked = vi.fn(read);
  const registry = new Registry();
  for (const metric of createQueueMetrics(saidDatabase(() => [asked()]))) registry.registerMetric(metric);
  const told = async (): Promise<readonly string[]> =>
    (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return { asked, told };
}

test("the queue is told by state, with the age of what waits longest, from one look", async () => {
  const { asked, told } = toldOf(() => ({ queued: 4, running: 2, dead: 1, oldestSeconds: 12.5 }));
  expect(await told()).toEqual([
    'etalon_analyses{state="queued"} 4',
    'etalon_analyses{state="running"} 2',
    'etalon_analyses{state="dead"} 1',
    "etalon_analysis_oldest_queued_seconds 12.5",
  ]);
  expect(asked).toHaveBeenCalledOnce();
});

test("a look within a second asks the database once, a later one anew", async () => {
  let now = 5000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const { asked, told } = toldOf(() => ({ queued: asked.mock.calls.length, running: 0, dead: 0, oldestSeconds: 0 }));
  await told();
  now += 999;
  expect(await told()).toContain('etalon_analyses{state="queued"} 1');
  now += 2;
  expect(await told()).toContain('etalon_analyses{state="queued"} 2');
});

test("a database that is away keeps nobody from telling the other metrics, and leaves no old number", async () => {
  let now = 5000;
  let isAway = false;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const { told } = toldOf(() => {
    if (isAway) throw new Error("connection refused");
    return { queued: 4, running: 2, dead: 1, oldestSeconds: 0 };
  });
  expect(await told()).toHaveLength(4);
  isAway = true;
  now += 2000;
  expect((await told()).filter((line) => line.startsWith("etalon_analyses{"))).toEqual([]);
});

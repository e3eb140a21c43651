import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "../jobs/testing/wait-until.ts";
import { startTestDatabase, type TestDatabase } from "../testing/start-test-database.ts";
import { openRequestCounts, type RequestCounts } from "./request-counts.ts";

let database: TestDatabase;
const open: RequestCounts[] = [];

beforeAll(async () => {
  database = await startTestDatabase();
  const place = { ...database, database: database.kysely, log: pino({ enabled: false }) };
  for (let web = 0; web < 2; web += 1) open.push(await openRequestCounts(place));
});

afterAll(async () => {
  await Promise.all(open.map((each) => each.stop()));
  await database.stop();
});

/** Asks a web so often. @returns the count that the last was answered with */
function ask(web: number, key: string, times: number): number {
  const Store = open[web]?.Store;
  if (Store === undefined) throw new Error("there are two webs");
  const store = new Store({});
  let last = 0;
  for (let time = 0; time < times; time += 1)
    store.incr(key, (_, result) => (last = result?.current ?? 0), 60_000, 1200);
  return last;
}

test("who asks one web much is known to the other; who asks little, or is another, is not", async () => {
  ask(0, "few", 10);
  await waitUntil(async () => {
    // Once more where a minute has just ended between the two.
    if (ask(0, "many", 500) < 500) return undefined;
    await new Promise((go) => setTimeout(go, 100));
    return ask(1, "many", 1) > 500 || undefined;
  });
  expect(ask(1, "few", 1)).toBe(1);
  expect(ask(1, "nobody", 1)).toBe(1);
});

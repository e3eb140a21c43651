import pino from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Archive } from "../archive/archive.ts";
import { saidDatabase } from "../testing/said-database.ts";
import { type PublishingPlace, publishFiles, startPublishing } from "./publish-files.ts";

type Outcome = Awaited<ReturnType<Archive["store"]>>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Files 3, 5 and 9 of site 7 wait; what becomes of each is the test's. */
function waitingFiles(outcomeOf: (bytes: string) => "stored" | "refused") {
  const waiting = new Set([3, 5, 9]);
  const sent: string[] = [];
  const said: string[] = [];
  const store = vi.fn(async (_scope: unknown, { bytes }: { readonly bytes: AsyncIterable<Uint8Array> }) => {
    let text = "";
    for await (const piece of bytes) text += new TextDecoder().decode(piece);
    sent.push(text);
    // Only what became of it is looked at.
    return { kind: outcomeOf(text), errorCode: "store-full" } as unknown as Outcome;
  });
  const database = saidDatabase(({ sql, parameters }) => {
    const id = Number(parameters[0]);
    if (sql.startsWith("delete")) return waiting.delete(id) ? 1n : 0n;
    const next = [...waiting].find((one) => one > id);
    return next === undefined
      ? []
      : [{ id: next, bytes: new TextEncoder().encode(`f${next}`), site_id: 7, kind: "sr" }];
  });
  const log = pino({}, { write: (line: string) => said.push(line) });
  const archive = { store } as unknown as PublishingPlace["archive"];
  return { place: { database, archive, log }, waiting, sent, said, store };
}

test("what waits is stored for its own site, in its order, and waits no longer", async () => {
  const { place, waiting, sent, store } = waitingFiles(() => "stored");
  await publishFiles(place);
  expect(sent).toEqual(["f3", "f5", "f9"]);
  expect(store.mock.calls[0]?.[0]).toEqual({ siteId: 7, actor: "etalon", purpose: "analysis" });
  expect(waiting.size).toBe(0);
});

test("what the archive refuses waits on, is said once, and keeps nothing behind it", async () => {
  const { place, waiting, sent, said } = waitingFiles((text) => (text === "f5" ? "refused" : "stored"));
  await publishFiles(place);
  expect(sent).toEqual(["f3", "f5", "f9"]);
  expect([...waiting]).toEqual([5]);
  expect(said.map((line) => JSON.parse(line))).toMatchObject([{ fileId: 5, kind: "sr", code: "store-full" }]);
});

test("it is looked again every half minute, until it is stopped; a database that is away is waited for", async () => {
  const { place, sent, said } = waitingFiles(() => "refused");
  let isAway = true;
  const database = saidDatabase((query) => {
    if (isAway) throw new TypeError("LEFEVRE^ZOE");
    return query.sql.startsWith("delete") ? 0n : [];
  });
  const publishing = startPublishing({ ...place, database });
  await vi.advanceTimersByTimeAsync(0);
  // What went wrong is said by its name alone: a message may hold what was to be stored.
  expect(said.map((line) => JSON.parse(line))).toMatchObject([{ name: "TypeError" }]);
  expect(said.join()).not.toContain("LEFEVRE");
  isAway = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(said).toHaveLength(1);
  isAway = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(said).toHaveLength(2);
  await publishing.stop();
  await vi.advanceTimersByTimeAsync(90_000);
  expect(said).toHaveLength(2);
  expect(sent).toEqual([]);
});

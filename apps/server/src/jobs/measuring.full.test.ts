import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Analysis, analysisSchema } from "../analyses/find-analyses.ts";
import { measuringProcesses } from "./testing/measuring-processes.ts";
import { openMeasuring, type TestMeasuring } from "./testing/open-measuring.ts";
import { readEvents } from "./testing/read-events.ts";
import { type SmallPhantom, smallPhantom } from "./testing/small-phantom.ts";
import { waitUntil } from "./testing/wait-until.ts";

const json = { "content-type": "application/json" };

let measuring: TestMeasuring;
let phantom: SmallPhantom;

beforeAll(() => {
  phantom = smallPhantom({ columns: 64, rows: 64 });
});

beforeEach(async () => {
  // The first attempt fails and the second is the last.
  measuring = await openMeasuring({ retryLimit: 1, retryDelay: 1 });
});

afterEach(async () => {
  await measuring.close();
});

async function post(path: string, body: unknown = {}): Promise<Response> {
  return fetch(`${measuring.url}/${path}`, { method: "POST", headers: json, body: JSON.stringify(body) });
}

async function read(id: number): Promise<Analysis> {
  return analysisSchema.parse(await (await fetch(`${measuring.url}/analyses/${id}`)).json());
}

/** Asks for the calcium score of the phantom. */
async function askScore(given: object = {}): Promise<Analysis> {
  const uids = await measuring.store(phantom);
  const { studyInstanceUid, seriesInstanceUid } = uids;
  const asked = { protocol: "coronary/calcium-score", studyInstanceUid, seriesInstanceUid, ...given };
  return analysisSchema.parse(await (await post("analyses", asked)).json());
}

function inState(id: number, state: Analysis["state"]): Promise<Analysis> {
  return waitUntil(async () => {
    const analysis = await read(id);
    return analysis.state === state ? analysis : undefined;
  });
}

describe("a cancelled analysis", () => {
  test("that waits is never run", async () => {
    const { id } = await askScore();
    const cancelled = await post(`analyses/${id}/cancel`);
    expect(cancelled.status).toBe(200);
    expect((await read(id)).state).toBe("cancelled");
    measuring.startWorkers();
    // Asked anew it is another analysis; by the time that it is done the first would have been run.
    const again = await askScore();
    expect(again.id).not.toBe(id);
    await inState(again.id, "done");
    expect(await read(id)).toMatchObject({ state: "cancelled", attempts: 0, resultDigest: null });
    expect((await post(`analyses/${id}/cancel`)).status).toBe(200);
  });

  test("that runs has its process killed within a second, and the worker goes on", async () => {
    measuring.startWorkers();
    const { id } = await askScore();
    const process_ = await waitUntil(async () => (await measuringProcesses(process.pid))[0]);
    // A process that is stopped would never end by itself.
    process.kill(process_, "SIGSTOP");
    await inState(id, "running");
    const begun = performance.now();
    expect((await post(`analyses/${id}/cancel`)).status).toBe(200);
    await waitUntil(async () => ((await measuringProcesses(process.pid)).includes(process_) ? undefined : true));
    expect(performance.now() - begun).toBeLessThan(1000);
    const other = await askScore({ parameters: { "minimum-area": 3 } });
    await inState(other.id, "done");
    expect(await read(id)).toMatchObject({ state: "cancelled", resultDigest: null });
  });
});

describe("an analysis that goes wrong", () => {
  test("without its bytes is tried again, then a dead letter with its code", async () => {
    const { id } = await askScore();
    for await (const { sha256 } of measuring.blobs.list()) await measuring.blobs.remove(sha256);
    measuring.startWorkers();
    expect(await inState(id, "dead")).toMatchObject({ attempts: 2, errorCode: "blob-missing", resultDigest: null });
  });

  test("with more memory than it may take is ended, and says so", async () => {
    const { id } = await askScore();
    // Node alone takes more.
    measuring.startWorkers({ memoryMb: 30 });
    expect(await inState(id, "dead")).toMatchObject({ attempts: 2, errorCode: "memory-exceeded" });
  });

  test("whose worker dies in every attempt is buried by another", async () => {
    const { id } = await askScore();
    // A worker that claims and is never heard of again, twice: ten seconds each.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const job = await waitUntil(() => measuring.queue.claim());
      expect(job).toMatchObject({ analysisId: id, retryCount: attempt, isLastAttempt: attempt === 1 });
    }
    const workers = measuring.startWorkers();
    expect(await inState(id, "dead")).toMatchObject({ errorCode: "worker-ended", resultDigest: null });
    await workers.stop();
  });

  test("what does not end with its program waits for another one", async () => {
    const workers = measuring.startWorkers();
    const { id } = await askScore();
    const process_ = await waitUntil(async () => (await measuringProcesses(process.pid))[0]);
    process.kill(process_, "SIGSTOP");
    await inState(id, "running");
    // Twenty seconds' patience.
    await workers.stop();
    expect(await read(id)).toMatchObject({ state: "queued", progress: 0, step: null, errorCode: "worker-ended" });
    measuring.startWorkers();
    expect(await inState(id, "done")).toMatchObject({ attempts: 2, errorCode: null });
  });

  test("a worker whose job another took over leaves no result", async () => {
    const { id } = await askScore();
    const job = await waitUntil(() => measuring.queue.claim());
    // The first is taken for dead while it lives on; the second does the work.
    measuring.startWorkers();
    await inState(id, "done");
    expect(await measuring.queue.touch(job)).toBe(false);
    expect(await measuring.queue.complete(measuring.database.kysely, job)).toBe(false);
    expect(await measuring.queue.fail(measuring.database.kysely, job, "worker-ended")).toBe(false);
    expect((await read(id)).attempts).toBe(1);
  });
});

describe("events", () => {
  test("a reader that comes again is told what it missed, and the rest as it comes", async () => {
    const { id, revision } = await askScore();
    measuring.startWorkers();
    const { revision: last } = await inState(id, "done");
    const told: (readonly [number, string])[] = [];
    for await (const event of readEvents(`${measuring.url}/events`, String(revision))) {
      told.push([event.id, event.state]);
      if (event.state === "done") break;
    }
    // Snapshots, not history: of the first analysis only how it stands. Its arrival asks the same, and is the same.
    expect(told).toEqual([[id, "done"]]);
    expect(last).toBeGreaterThan(revision);
  });

  test("a reader that missed more than a thousand is told of them in several readings", async () => {
    const { id } = await askScore();
    const { kysely } = measuring.database;
    await post(`analyses/${id}/cancel`);
    await sql`
      insert into analysis (site_id, series_id, identity, variant, protocol, protocol_version, request, requested_by, state)
      select site_id, series_id, sha256(i::text::bytea), variant, protocol, protocol_version, request, requested_by, state
      from analysis, generate_series(1, 2500) i`.execute(kysely);
    const told = new Set<number>();
    let last = "0";
    let readings = 0;
    while (told.size < 2501) {
      readings += 1;
      for await (const event of readEvents(`${measuring.url}/events`, last)) {
        expect(event.revision).toBeGreaterThan(Number(last) - 101);
        told.add(event.id);
        last = String(event.revision);
        if (told.size === 2501) break;
      }
      expect(readings).toBeLessThan(4);
    }
    // A thousand, then nine hundred more each time: a hundred are told once more.
    expect(readings).toBe(3);
  });

  test("of an analysis that has ended: how it ended, and the end of the stream", async () => {
    const { id } = await askScore();
    await post(`analyses/${id}/cancel`);
    const states: string[] = [];
    for await (const { state } of readEvents(`${measuring.url}/analyses/${id}/events`)) states.push(state);
    expect(states).toEqual(["cancelled"]);
  });
});

test("another site sees nothing, asks nothing, cancels nothing, hears nothing", async () => {
  const { kysely } = measuring.database;
  const { id: other } = await kysely
    .insertInto("site")
    .values({ name: "other" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const headers = { "x-site": String(other) };
  const heard: unknown[] = [];
  const listening = new AbortController();
  const stream = await fetch(`${measuring.url}/events`, { headers, signal: listening.signal });
  const hearing = stream.body?.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write: (text) => {
        if (text.includes("data:")) heard.push(text);
      },
    }),
  );
  const { id, studyInstanceUid, seriesInstanceUid } = await askScore();
  measuring.startWorkers();
  const { resultDigest } = await inState(id, "done");
  const page = await fetch(`${measuring.url}/analyses`, { headers });
  expect(await page.json()).toEqual({ total: 0, analyses: [] });
  expect(await (await fetch(`${measuring.url}/results`, { headers })).json()).toEqual({ total: 0, results: [] });
  expect((await fetch(`${measuring.url}/analyses/${id}`, { headers })).status).toBe(404);
  expect((await fetch(`${measuring.url}/results/${resultDigest}`, { headers })).status).toBe(404);
  expect((await fetch(`${measuring.url}/analyses/${id}/cancel`, { method: "POST", headers })).status).toBe(404);
  const body = JSON.stringify({ protocol: "coronary/calcium-score", studyInstanceUid, seriesInstanceUid });
  const asked = await fetch(`${measuring.url}/analyses`, { method: "POST", headers: { ...headers, ...json }, body });
  expect(asked.status).toBe(404);
  await pause(200);
  listening.abort();
  await hearing?.catch(() => {});
  expect(heard).toEqual([]);
});

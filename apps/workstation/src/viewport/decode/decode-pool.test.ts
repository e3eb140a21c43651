import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connection } from "../../api/connection.ts";
import type { DecodedPicture } from "../../picture/picture.ts";
import { madeStack } from "../../reading/testing/made-stack.ts";
import { createDecodePool, type DecodePool } from "./decode-pool.ts";
import type { DecodeRequest, DecodeTask } from "./decode-task.ts";
import type { DecodeAnswer } from "./decode-worker.ts";

/** A worker that decodes when the test says so. */
class SaidWorker extends EventTarget {
  readonly asked: string[] = [];
  readonly told: string[] = [];
  postMessage(request: DecodeRequest): void {
    if (request.kind === "decode") this.asked.push(request.task.id);
    else this.told.push(request.kind === "hurry" ? `hurry ${request.id}` : request.kind);
  }
  say(answer: DecodeAnswer): void {
    this.dispatchEvent(new MessageEvent("message", { data: answer }));
  }
  done(id: string): void {
    this.say({ id, picture: decoded(id) });
  }
}

/** A picture as wide as its id has letters. */
function decoded(id: string): DecodedPicture {
  const columns = id.length;
  return { values: new Uint8Array(columns), rows: 1, columns, samplesPerPixel: 1, min: 0, max: 0 };
}

const [picture] = madeStack({ id: "1", slices: 1, spacingMm: 1 }).pictures;

function task(id: string): DecodeTask {
  if (picture === undefined) throw new Error("a stack without a picture");
  return { id, url: `http://h/${id}`, headers: {}, picture };
}

function started(cores: number): { readonly pool: DecodePool; readonly workers: readonly SaidWorker[] } {
  vi.stubGlobal("navigator", { hardwareConcurrency: cores });
  const workers: SaidWorker[] = [];
  const pool = createDecodePool(() => {
    const worker = new SaidWorker();
    workers.push(worker);
    // The pool uses no more of a worker than this has.
    return worker as unknown as Worker;
  });
  return { pool, workers };
}

beforeEach(() => {
  vi.spyOn(connection, "lost").mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

// One core is left for the page, and there are four at most; a browser that says no number counts as one of two cores. Each
// keeps sixteen tasks, and who has least gets the next.
test.each([
  [1, [16]],
  [2, [16]],
  [4, [14, 13, 13]],
  [64, [10, 10, 10, 10]],
  [0, [16]],
])("of %d cores those decode that have %j of forty tasks", (cores, tasks) => {
  const { pool, workers } = started(cores);
  for (let at = 0; at < 40; at++) pool.decode(task(`${at}`), "now");
  expect(workers.map(({ asked }) => asked.length)).toEqual(tasks);
});

/** What fills one worker. */
const filling = Array.from({ length: 16 }, (_, at) => `x${at}`);

/** A pool of one worker that has as much as it takes. */
function busy(): { readonly pool: DecodePool; readonly worker: SaidWorker } {
  const { pool, workers } = started(2);
  // What is forgotten is nobody's fault.
  for (const id of filling) pool.decode(task(id), "ahead").catch(() => {});
  const [worker] = workers;
  if (worker === undefined) throw new Error("no worker was started");
  return { pool, worker };
}

test("what somebody waits for comes before what is read ahead, each in its order", async () => {
  const { pool, worker } = busy();
  const order: string[] = [];
  const wait = (id: string, urgency: "now" | "ahead"): Promise<unknown> =>
    pool.decode(task(id), urgency).then(({ columns }) => order.push(`${id}:${columns}`));
  const all = [wait("bb", "ahead"), wait("ccc", "ahead"), wait("dddd", "now"), wait("eeeee", "now")];
  for (const id of [...filling, "dddd", "eeeee", "bb", "ccc"]) worker.done(id);
  await Promise.all(all);
  expect(worker.asked).toEqual([...filling, "dddd", "eeeee", "bb", "ccc"]);
  expect(order).toEqual(["dddd:4", "eeeee:5", "bb:2", "ccc:3"]);
});

test("what is read ahead can be hurried, also by the worker that has it; what is unknown stays as it is", () => {
  const { pool, worker } = busy();
  for (const id of ["b", "c"]) pool.decode(task(id), "ahead");
  pool.hurry("c");
  pool.hurry("x7");
  pool.hurry("unknown");
  for (const id of ["x0", "x1"]) worker.done(id);
  expect(worker.asked).toEqual([...filling, "c", "b"]);
  expect(worker.told).toEqual(["hurry x7"]);
});

test("what was read ahead and has not begun is forgotten, also by the worker; the rest goes on", async () => {
  const { pool, worker } = busy();
  const waiting = pool.decode(task("b"), "ahead");
  const now = pool.decode(task("c"), "now");
  pool.forgetAhead();
  await expect(waiting).rejects.toThrow("no longer needed");
  expect(worker.told).toEqual(["forget-ahead"]);
  worker.say({ id: "x1", error: "no longer needed", isOffline: false });
  worker.done("c");
  expect(await now).toMatchObject({ columns: 1 });
  expect(worker.asked).toEqual([...filling, "c"]);
});

test("a picture that cannot be decoded is refused with its reason, and the worker goes on", async () => {
  const { pool, workers } = started(2);
  const refused = pool.decode(task("a"), "now");
  const next = pool.decode(task("bb"), "now");
  workers[0]?.say({ id: "a", error: "HTTP 410", isOffline: false });
  workers[0]?.done("bb");
  await expect(refused).rejects.toThrow("HTTP 410");
  expect(await next).toMatchObject({ columns: 2 });
  expect(connection.lost).not.toHaveBeenCalled();
});

test("a worker that reaches nothing tells the connection", async () => {
  const { pool, workers } = started(2);
  const refused = pool.decode(task("a"), "now");
  workers[0]?.say({ id: "a", error: "fetch failed", isOffline: true });
  await expect(refused).rejects.toMatchObject({ status: 0, code: "offline" });
  expect(connection.lost).toHaveBeenCalledOnce();
});

test("idle is when nothing is decoded and nothing waits", async () => {
  const { pool, workers } = started(2);
  await pool.whenIdle();
  pool.decode(task("a"), "now");
  pool.decode(task("b"), "ahead");
  let isIdle = false;
  const idle = pool.whenIdle().then(() => {
    isIdle = true;
  });
  workers[0]?.done("a");
  await Promise.resolve();
  expect(isIdle).toBe(false);
  workers[0]?.done("b");
  await idle;
  expect(isIdle).toBe(true);
});

test("a worker can be started before there is a picture, once, and takes the first", () => {
  const { pool, workers } = started(4);
  pool.prepare();
  pool.prepare();
  expect(workers).toHaveLength(1);
  pool.decode(task("a"), "now");
  expect(workers).toHaveLength(1);
  expect(workers[0]?.asked).toEqual(["a"]);
});

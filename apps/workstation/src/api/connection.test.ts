import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stubServer } from "../testing/stub-server.ts";
import { createConnection } from "./connection.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a lost server is asked until it answers; who listens is told of both turns, once", async () => {
  const answers = [() => Promise.reject(new TypeError("away")), () => new Response("", { status: 503 })];
  const asked = stubServer(() => answers.shift()?.() ?? new Response("ok"));
  const { lost, isOnline, subscribe } = createConnection();
  const seen: boolean[] = [];
  subscribe(() => seen.push(isOnline()));
  lost();
  lost();
  expect(isOnline()).toBe(false);
  // Only timers make it go on: three attempts, the third is answered, and nobody asks a fourth time.
  await vi.runAllTimersAsync();
  expect(asked.map(({ path }) => path)).toEqual(["healthz", "healthz", "healthz"]);
  expect(seen).toEqual([false, true]);
  expect(isOnline()).toBe(true);
});

test("a doubt asks at once, and changes nothing where the server answers", async () => {
  const asked = stubServer(() => new Response("ok"));
  const { doubt, isOnline, subscribe } = createConnection();
  let told = 0;
  subscribe(() => {
    told += 1;
  });
  doubt();
  expect(asked).toHaveLength(1);
  await vi.runAllTimersAsync();
  expect([asked.length, told, isOnline()]).toEqual([1, 0, true]);
});

test("a doubt that proves right is a loss; while it lasts no second one asks", async () => {
  let isBack = false;
  const asked = stubServer(() => (isBack ? new Response("ok") : Promise.reject(new TypeError("away"))));
  const { doubt, isOnline } = createConnection();
  doubt();
  await vi.advanceTimersByTimeAsync(0);
  expect(isOnline()).toBe(false);
  doubt();
  expect(asked).toHaveLength(1);
  isBack = true;
  await vi.runAllTimersAsync();
  expect([asked.length, isOnline()]).toEqual([2, true]);
});

test("who no longer listens is told nothing", async () => {
  stubServer(() => new Response("ok"));
  const { lost, subscribe } = createConnection();
  let told = 0;
  const stop = subscribe(() => {
    told += 1;
  });
  stop();
  lost();
  await vi.runAllTimersAsync();
  expect(told).toBe(0);
});

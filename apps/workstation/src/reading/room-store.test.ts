import { expect, test, vi } from "vitest";
import { createRoomStore, whenStill } from "./room-store.ts";

test("who listens is told of each change, not of what changes nothing, and not after the end", () => {
  const store = createRoomStore();
  const seen: number[] = [];
  const stop = store.subscribe(() => seen.push(store.now().active));
  store.dispatch({ kind: "layout", layout: "2x1" });
  store.dispatch({ kind: "activate", cell: 1 });
  store.dispatch({ kind: "activate", cell: 1 });
  stop();
  store.dispatch({ kind: "activate", cell: 0 });
  expect(seen).toEqual([0, 1]);
  expect(store.now().active).toBe(0);
});

test("a listener that leaves while all are told keeps nobody from being told", () => {
  const store = createRoomStore();
  let told = 0;
  const stop = store.subscribe(() => stop());
  store.subscribe(() => {
    told += 1;
  });
  store.dispatch({ kind: "planes" });
  expect(told).toBe(1);
});

test("scrolling leaves all but the scrolled viewport as it was, by identity", () => {
  const store = createRoomStore();
  store.dispatch({ kind: "show", cell: 0, stackId: "a" });
  store.dispatch({ kind: "show", cell: 1, stackId: "b" });
  const [, before] = store.now().cells;
  store.dispatch({ kind: "indexes", indexes: new Map([[0, 5]]) });
  const [moved, after] = store.now().cells;
  expect(moved).toEqual({ stackId: "a", index: 5 });
  expect(after).toBe(before);
});

test("a room is still when nothing has changed for a while, counted from the last change", async () => {
  vi.useFakeTimers();
  const store = createRoomStore();
  let isStill = false;
  whenStill(store, 100).then(() => {
    isStill = true;
  });
  await vi.advanceTimersByTimeAsync(99);
  store.dispatch({ kind: "planes" });
  await vi.advanceTimersByTimeAsync(99);
  expect(isStill).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isStill).toBe(true);
  vi.useRealTimers();
});

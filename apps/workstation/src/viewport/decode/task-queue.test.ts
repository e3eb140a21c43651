import { expect, test } from "vitest";
import { madeStack } from "../../reading/testing/made-stack.ts";
import type { DecodeTask } from "./decode-task.ts";
import { createTaskQueue, type TaskQueue } from "./task-queue.ts";

const [picture] = madeStack({ id: "1", slices: 1, spacingMm: 1 }).pictures;

function task(id: string): DecodeTask {
  if (picture === undefined) throw new Error("a stack without a picture");
  return { id, url: `http://h/${id}`, headers: {}, picture };
}

/** A queue of two at once whose tasks end when the test says so. */
function started(): {
  readonly queue: TaskQueue;
  readonly begun: string[];
  readonly end: (id: string) => Promise<void>;
} {
  const begun: string[] = [];
  const ending = new Map<string, () => void>();
  const run = ({ id }: DecodeTask): Promise<void> => {
    begun.push(id);
    return new Promise((settle) => ending.set(id, settle));
  };
  const end = async (id: string): Promise<void> => {
    ending.get(id)?.();
    // The next begins behind the end of this one.
    for (let turn = 0; turn < 4; turn += 1) await Promise.resolve();
  };
  return { queue: createTaskQueue(run, 2), begun, end };
}

test("so many run at once; what somebody waits for is next, whenever it came", async () => {
  const { queue, begun, end } = started();
  for (const id of ["a", "b", "c", "d"]) queue.add(task(id), "ahead");
  queue.add(task("now"), "now");
  expect(begun).toEqual(["a", "b"]);
  await end("b");
  expect(begun).toEqual(["a", "b", "now"]);
  queue.hurry("d");
  await end("a");
  await end("now");
  expect(begun).toEqual(["a", "b", "now", "d", "c"]);
});

test("what is read ahead and has not begun can be taken out; the rest goes on", async () => {
  const { queue, begun, end } = started();
  for (const id of ["a", "b", "c", "d"]) queue.add(task(id), "ahead");
  queue.add(task("now"), "now");
  expect(queue.forgetAhead().map(({ id }) => id)).toEqual(["c", "d"]);
  queue.hurry("c");
  await end("a");
  await end("b");
  expect(begun).toEqual(["a", "b", "now"]);
});

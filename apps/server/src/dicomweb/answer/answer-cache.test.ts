import { expect, it } from "vitest";
import { createAnswerCache } from "./answer-cache.ts";

it("keeps what was asked for lately, within its bound", () => {
  const cache = createAnswerCache(100);
  for (const tag of ["a", "b", "c", "d"]) cache.set(tag, new Uint8Array(25));
  expect(cache.get("a")).toHaveLength(25);
  cache.set("e", new Uint8Array(25));
  expect(["a", "b", "c", "d", "e"].filter((tag) => cache.get(tag) !== undefined)).toEqual(["a", "c", "d", "e"]);
});

it("counts a body that is set again once, and leaves out one over a quarter of it", () => {
  const cache = createAnswerCache(100);
  for (let round = 0; round < 5; round += 1) cache.set("a", new Uint8Array(25));
  cache.set("b", new Uint8Array(25));
  cache.set("long", new Uint8Array(26));
  expect(["a", "b", "long"].map((tag) => cache.get(tag)?.length)).toEqual([25, 25, undefined]);
});

import { expect, it, vi } from "vitest";
import { remembering } from "./remembering.ts";

it("computes an answer once for each subject and question", () => {
  const compute = vi.fn((subject: { readonly base: number }, question: number) => subject.base + question);
  const ask = remembering(compute, (question) => question);
  const [one, two] = [{ base: 10 }, { base: 20 }];
  expect([ask(one, 1), ask(one, 1), ask(two, 1), ask(one, 2)]).toEqual([11, 11, 21, 12]);
  expect(compute).toHaveBeenCalledTimes(3);
});

it("forgets the oldest answer of a subject beyond four, and gives it anew", () => {
  const compute = vi.fn((_: object, question: number) => question);
  const ask = remembering(compute, (question) => question);
  const subject = {};
  for (const question of [1, 2, 3, 4, 5, 1]) expect(ask(subject, question)).toBe(question);
  expect(compute).toHaveBeenCalledTimes(6);
});

import { expect, test } from "vitest";
import { priorFacts } from "./prior-facts.ts";

const prior = {
  ...{ days: 1461, digest: "a".repeat(64), isSigned: true, sameProtocolVersion: true, sameParameters: true },
  outputs: [
    { id: "agatston-score", unit: "[arb'U]", before: 100, now: 150 },
    { id: "mean-density", unit: "[hnsf'U]", before: 300, now: 310 },
  ],
};

test("an earlier score and the years since are facts", () => {
  // Four years with one leap day: 1461 days.
  expect(priorFacts(prior).map(({ id, value, unit }) => [id, value, unit])).toEqual([
    ["earlier-agatston-score", 100, "[arb'U]"],
    ["years-between-scans", 4, "a"],
  ]);
});

test("nothing is known from another version of the protocol, or without days between", () => {
  expect(priorFacts(null)).toEqual([]);
  expect(priorFacts({ ...prior, sameProtocolVersion: false })).toEqual([]);
  expect(priorFacts({ ...prior, days: 0 })).toEqual([]);
});

import { expect, test } from "vitest";
import { skipLines } from "./skip-reporter.ts";

test("each reason has one line with the number of its tests", () => {
  const counts = new Map([
    ["no shared data 1-calcium", 12],
    ["dcmtk is not installed", 1],
  ]);
  expect(skipLines(counts)).toEqual([
    " Skipped 1 test: dcmtk is not installed",
    " Skipped 12 tests: no shared data 1-calcium",
  ]);
});

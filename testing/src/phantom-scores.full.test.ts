import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { measurePhantom, slicings } from "../../scripts/phantom-scores.ts";
import { phantomLine, phantomScoresPage } from "../../scripts/write-phantom-scores.ts";

test("docs/phantom-scores.md has the scores of today (else: npm run docs:phantom)", async () => {
  const [slicing] = slicings;
  const score = await measurePhantom(slicing, 1);
  expect(readFileSync(phantomScoresPage, "utf8")).toContain(`\n${phantomLine(score)}\n`);
});

test("what is proposed besides the coronary lesions comes from noise: without it there is nothing", async () => {
  const [slicing] = slicings;
  const { unmarked } = await measurePhantom(slicing, 1, 0);
  expect(Object.keys(unmarked.parts)).toEqual(["coronary"]);
  expect(unmarked.parts["coronary"]).toBe(unmarked.agatston);
  expect(unmarked.missed).toEqual([]);
  expect(unmarked.turnedAway).toEqual(["aortic-wall: outside-heart", "costal-cartilage: outside-heart"]);
});

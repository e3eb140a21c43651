import { expect, it } from "vitest";
import { hoffPercentileCurves } from "./hoff-percentile-curves.ts";

it("draws each bracket of the table as a step from its first age to the next bracket's", () => {
  const curves = hoffPercentileCurves("male");
  expect(curves.map(({ percentile }) => percentile)).toEqual([25, 50, 75, 90]);
  // Men of 50 to 54: median 15; of 55 to 59: 48 (Hoff 2001).
  const median = curves[1].points;
  const at = median.findIndex(([age, score]) => age === 50 && score === 15);
  expect(median.slice(at, at + 3)).toEqual([
    [50, 15],
    [55, 15],
    [55, 48],
  ]);
  expect(median.at(0)?.[0]).toBe(30);
  expect(median.at(-1)).toEqual([91, 473]);
});

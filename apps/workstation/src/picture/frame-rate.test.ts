import { expect, test } from "vitest";
import { frameRateOf } from "./frame-rate.ts";

test("the rate that the object recommends comes before the time between its frames", () => {
  const frameTime = { "00181063": { vr: "DS", Value: [40] } } as const;
  // 1000 ms / 40 ms.
  expect(frameRateOf(frameTime)).toBe(25);
  expect(frameRateOf({ ...frameTime, "00082144": { vr: "IS", Value: [12] } })).toBe(12);
});

test("a vector of frame times begins with a zero that is before the first frame", () => {
  expect(frameRateOf({ "00181065": { vr: "DS", Value: [0, 50, 50, 50] } })).toBe(20);
});

test("a time of nothing is no rate", () => {
  expect(frameRateOf({ "00181063": { vr: "DS", Value: [0] } })).toBeUndefined();
  expect(frameRateOf({})).toBeUndefined();
});

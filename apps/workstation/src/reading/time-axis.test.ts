import { expect, test } from "vitest";
import { madeStack } from "./testing/made-stack.ts";
import { recordedRate, timeAxisOf } from "./time-axis.ts";
import { nextOfCine } from "./use-cine.ts";

const echoes = { name: "echoTimeMs", unit: "ms", coordinates: [2.3, 4.6] } as const;
const triggered = { name: "triggerTimeMs", unit: "ms", coordinates: [0, 40, 80, 120, 160] } as const;

test("echo times are no time", () => {
  expect(timeAxisOf(madeStack({ id: "1", slices: 2, spacingMm: 8, axes: [echoes] }))).toBeUndefined();
  expect(timeAxisOf(madeStack({ id: "1", slices: 2, spacingMm: 8, axes: [echoes, triggered] }))).toBe(1);
});

test("a cine plays as fast as its trigger times are apart", () => {
  // 4 steps in 160 ms: 25 a second.
  expect(recordedRate(madeStack({ id: "1", slices: 2, spacingMm: 8, axes: [triggered] }))).toBe(25);
});

test("a cine stays at its slice and begins again", () => {
  const stack = madeStack({ id: "1", slices: 2, spacingMm: 8, axes: [echoes, triggered] });
  // Slice 1, first echo: 10 … 14.
  expect([nextOfCine(stack, 10), nextOfCine(stack, 14)]).toEqual([11, 10]);
  const still = madeStack({ id: "1", slices: 3, spacingMm: 8, axes: [] });
  expect([nextOfCine(still, 0), nextOfCine(still, 2)]).toEqual([1, 0]);
});

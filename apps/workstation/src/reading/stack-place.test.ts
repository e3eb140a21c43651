import { expect, test } from "vitest";
import {
  indexAt,
  movedAlong,
  picturesAtPoints,
  picturesPerSlice,
  placeOf,
  scrolledBy,
  sliceCount,
} from "./stack-place.ts";

/** Three slices, at each two echoes of four phases: 24 pictures, the phase fastest. */
const stack = {
  pictures: Array.from({ length: 24 }, (_, index) => index),
  axes: [{ coordinates: [2.5, 5] }, { coordinates: [1, 2, 3, 4] }],
};

test("a place and its index lead to each other", () => {
  expect([picturesPerSlice(stack), sliceCount(stack)]).toEqual([8, 3]);
  // Slice 2, second echo, third phase: 2 × 8 + 1 × 4 + 2.
  expect(indexAt(stack, { slice: 2, points: [1, 2] })).toBe(22);
  for (const index of stack.pictures) expect(indexAt(stack, placeOf(stack, index))).toBe(index);
});

test("scrolling goes through space and leaves time alone; its ends are ends", () => {
  expect(scrolledBy(stack, 6, 1)).toBe(14);
  expect(scrolledBy(stack, 6, -5)).toBe(6);
  expect(scrolledBy(stack, 6, 99)).toBe(22);
});

test("an axis is gone along without leaving the slice", () => {
  expect(movedAlong(stack, 9, { axis: 1, steps: 1 })).toBe(10);
  expect(movedAlong(stack, 9, { axis: 1, steps: 9 })).toBe(11);
  expect(movedAlong(stack, 9, { axis: 0, steps: 1 })).toBe(13);
});

test("a clip at one slice is scrolled through in time", () => {
  const clip = { pictures: [0, 1, 2, 3], axes: [{ coordinates: [1, 2, 3, 4] }] };
  expect(scrolledBy(clip, 1, 1)).toBe(2);
});

test("the volume of one echo and phase has one picture a slice", () => {
  expect(picturesAtPoints(stack, [1, 0])).toEqual([4, 12, 20]);
});

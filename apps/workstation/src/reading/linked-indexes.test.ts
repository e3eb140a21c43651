import { expect, test } from "vitest";
import { linkedIndexes } from "./linked-indexes.ts";
import { madeStack } from "./testing/made-stack.ts";

const thin = madeStack({ id: "1.1", slices: 21, spacingMm: 1, frameOfReferenceUid: "9.1" });
const thick = madeStack({ id: "1.2", slices: 5, spacingMm: 5, frameOfReferenceUid: "9.1" });
const prior = madeStack({ id: "1.3", slices: 11, spacingMm: 2, frameOfReferenceUid: "9.2" });
const stacks = [thin, thick, prior];
const at = (indexes: readonly number[]) => ({
  cells: stacks.map(({ id }, cell) => ({ stackId: id, index: indexes[cell] ?? 0 })),
  linkedAt: [4, 0, 5],
  stackOf: (cell: number) => stacks[cell],
});

test("in one frame of reference the nearest slice is shown, in another the distance gone is the same", () => {
  // 13 mm: the thick slices lie at 10 and 15; the prior stood at 10 mm when linked and goes the same 9 mm to 19: 18 or 20.
  const indexes = linkedIndexes({ cell: 0, index: 13 }, at([4, 0, 5]));
  expect([indexes.get(0), indexes.get(1)]).toEqual([13, 3]);
  expect([9, 10]).toContain(indexes.get(2));
});

test("going back leads where one came from: nothing drifts", () => {
  const there = linkedIndexes({ cell: 0, index: 20 }, at([4, 0, 5]));
  const back = linkedIndexes({ cell: 0, index: 4 }, at([0, 1, 2].map((cell) => there.get(cell) ?? 0)));
  expect(back.get(2)).toBe(5);
});

test("an axis that both have goes along", () => {
  const axes = [{ name: "temporalPositionIndex", unit: "1", coordinates: [1, 2, 3] }] as const;
  const pair = [
    madeStack({ id: "2.1", slices: 3, spacingMm: 8, frameOfReferenceUid: "9", axes }),
    madeStack({ id: "2.2", slices: 3, spacingMm: 8, frameOfReferenceUid: "9", axes }),
  ];
  const linked = {
    cells: pair.map(({ id }) => ({ stackId: id, index: 0 })),
    linkedAt: [0, 0],
    stackOf: (cell: number) => pair[cell],
  };
  // Slice 1, third phase: 1 × 3 + 2.
  expect(linkedIndexes({ cell: 0, index: 5 }, linked).get(1)).toBe(5);
});

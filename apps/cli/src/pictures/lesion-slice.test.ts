import type { ItemMask } from "@etalon/measure";
import { expect, test } from "vitest";
import { largestSliceOf } from "./lesion-slice.ts";

/** Two axial slices of 10 rows and 8 columns, 0.5 mm between columns and 2 mm between rows. */
const grid: ItemMask["grid"] = {
  columns: 8,
  rows: 10,
  slices: 2,
  rowSpacingMm: 2,
  columnSpacingMm: 0.5,
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  normal: [0, 0, 1],
  sliceOriginsLpsMm: Float64Array.of(-10, -20, 30, -10, -20, 33),
  sliceIncrementsMm: Float64Array.of(3, 3),
  sliceThicknessMm: 3,
};

const voxel = (slice: number, row: number, column: number) => (slice * grid.rows + row) * grid.columns + column;

test("a lesion is seen where it has most voxels, around their middle, and without what touches it", () => {
  const own = [voxel(0, 1, 1), voxel(1, 4, 2), voxel(1, 4, 3), voxel(1, 4, 4)];
  const neighbour = { item: "L2", voxels: Int32Array.of(voxel(1, 4, 5)) };
  const item = { item: "L1", voxels: Int32Array.from(own) };
  const { centerLpsMm, isInside } = largestSliceOf({ grid, items: [item, neighbour] }, item);
  // Column 3 of 0.5 mm from -10, row 4 of 2 mm from -20, the second slice.
  expect(centerLpsMm).toEqual([-8.5, -12, 33]);
  expect(isInside(0, 0)).toBe(true);
  expect([isInside(-0.5, 0), isInside(0.5, 0)]).toEqual([true, true]);
  // The neighbour, the row above, and beyond the image.
  expect([isInside(1, 0), isInside(0, -2), isInside(-100, 0), isInside(0, 100)]).toEqual([false, false, false, false]);
});

test("of two slices with as many voxels the lower one is shown", () => {
  const item = { item: "L1", voxels: Int32Array.of(voxel(0, 0, 0), voxel(1, 5, 5)) };
  expect(largestSliceOf({ grid, items: [item] }, item).centerLpsMm).toEqual([-10, -20, 30]);
});

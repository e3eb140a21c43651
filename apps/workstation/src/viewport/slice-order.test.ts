import fc from "fast-check";
import { expect, test } from "vitest";
import type { Picture } from "../picture/picture.ts";
import { madeStack } from "../reading/testing/made-stack.ts";
import { sliceOrder } from "./slice-order.ts";

const [slice] = madeStack({ id: "1", slices: 1, spacingMm: 1 }).pictures;

/** An axial slice at a height. */
function at(mm: number, plane: Partial<Picture["plane"]> = {}, header: Partial<Picture["header"]> = {}): Picture {
  if (slice === undefined) throw new Error("a stack without a picture");
  return {
    ...slice,
    header: { ...slice.header, ...header },
    plane: { ...slice.plane, originLpsMm: [0, 0, mm], ...plane },
  };
}

const heightsOf = (pictures: readonly Picture[] = []) => pictures.map(({ plane }) => plane.originLpsMm[2]);

test("slices at one distance are a volume, in the order of their place, in whatever order they came", () => {
  const spacings = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 30 }),
      spacings,
      fc.infiniteStream(fc.double({ noNaN: true })),
      (count, mm, keys) => {
        const ordered = Array.from({ length: count }, (_, index) => index * mm);
        const shuffled = ordered.map((height) => ({ height, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const order = sliceOrder(shuffled.map(({ height }) => at(height)));
        expect(heightsOf(order?.pictures)).toEqual(ordered);
        expect(order?.spacingMm).toBeCloseTo(mm, 9);
      },
    ),
  );
});

test("positions that are rounded a little are still at one distance, a missing slice is not", () => {
  // 2 % of 3 mm are 0.06 mm; the mean distance of these is 3 mm.
  expect(sliceOrder([at(0), at(3.04), at(6)])?.spacingMm).toBe(3);
  expect(sliceOrder([at(0), at(3.1), at(6)])).toBeUndefined();
  expect(sliceOrder([at(0), at(3), at(9)])).toBeUndefined();
});

test.each([
  ["one slice", [at(0)]],
  ["no slice", []],
  ["two at one place", [at(0), at(0)]],
  ["another size", [at(0), at(1, {}, { rows: 4 })]],
  ["a tilted plane", [at(0), at(1, { rowDirection: [0, 1, 0], columnDirection: [-0.8, 0, 0.6] })]],
  ["a plane turned over", [at(0), at(1, { rowDirection: [0, 1, 0], columnDirection: [1, 0, 0] })]],
  ["no place in the patient", [at(0), at(1, { hasOrientation: false })]],
  ["colour", [at(0, {}, { samplesPerPixel: 3 }), at(1, {}, { samplesPerPixel: 3 })]],
])("%s is no volume", (_, pictures) => {
  expect(sliceOrder(pictures)).toBeUndefined();
});

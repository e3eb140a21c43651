import fc from "fast-check";
import { expect, test } from "vitest";
import { lpsOfPixel, normalOf, pixelOfLps, planeOf } from "./plane.ts";

const base = { frameIndex: 0, rescaleSlope: 1, rescaleIntercept: 0, axes: {} };

test("a pixel lies where PS3.3 C.7.6.2.1.1 puts it", () => {
  const plane = planeOf({
    ...base,
    positionLpsMm: [10, 20, 30],
    orientation: [0, 1, 0, 0, 0, -1],
    pixelSpacingMm: [2, 0.5],
  });
  // 4 columns of 0.5 mm along +P, 3 rows of 2 mm along −H.
  expect(lpsOfPixel(plane, [4, 3])).toEqual([10, 22, 24]);
  expect(normalOf(plane)).toEqual([-1, 0, 0]);
});

test("pixel and place lead back to each other", () => {
  const plane = planeOf({
    ...base,
    positionLpsMm: [-5, 7, 1],
    orientation: [0.6, 0.8, 0, -0.8, 0.6, 0],
    pixelSpacingMm: [0.7, 0.9],
  });
  const number = fc.double({ min: -1000, max: 1000, noNaN: true });
  fc.assert(
    fc.property(number, number, (column, row) => {
      const [x, y] = pixelOfLps(plane, lpsOfPixel(plane, [column, row]));
      expect(Math.abs(x - column) + Math.abs(y - row)).toBeLessThan(1e-9);
    }),
  );
});

import { expect, test } from "vitest";
import { planeOf } from "../picture/plane.ts";
import type { UltrasoundRegion } from "../picture/ultrasound-region.ts";
import type { Mark, MarkKind } from "./mark.ts";
import { measureMark } from "./measure-mark.ts";

const header = { modality: "CT" } as never;

function picture(pixelSpacingMm?: readonly [number, number], regions: readonly UltrasoundRegion[] = []) {
  const frame = {
    frameIndex: 0,
    rescaleSlope: 1,
    rescaleIntercept: 0,
    axes: {},
    ...(pixelSpacingMm && { pixelSpacingMm }),
  };
  return { header, plane: planeOf(frame), regions };
}

function mark(kind: MarkKind, points: Mark["points"]): Mark {
  return { id: "m", kind, pictureId: "p", seriesInstanceUid: "s", points };
}

test("a length weighs columns and rows by their own spacing", () => {
  // 3 columns of 0.5 mm and 4 rows of 1 mm: √(1.5² + 4²) = √18.25.
  const measured = measureMark(
    mark("length", [
      [0, 0],
      [3, 4],
    ]),
    picture([1, 0.5]),
    undefined,
  );
  expect(measured).toEqual({ kind: "length", length: Math.sqrt(18.25), unit: "mm" });
});

test("without a spacing a length is in pixels", () => {
  expect(
    measureMark(
      mark("length", [
        [0, 0],
        [3, 4],
      ]),
      picture(),
      undefined,
    ),
  ).toEqual({ kind: "length", length: 5, unit: "px" });
});

test("an ultrasound length is that of the region that holds it, and none across regions", () => {
  const region: UltrasoundRegion = { columns: [0, 99], rows: [0, 99], units: [3, 3], deltas: [0.05, 0.05] };
  const inside = measureMark(
    mark("length", [
      [10, 10],
      [10, 50],
    ]),
    picture([1, 1], [region]),
    undefined,
  );
  // 40 rows of 0.05 cm are 2 cm.
  expect(inside).toMatchObject({ unit: "mm", length: expect.closeTo(20, 10) });
  expect(
    measureMark(
      mark("length", [
        [10, 10],
        [10, 150],
      ]),
      picture([1, 1], [region]),
      undefined,
    ),
  ).toMatchObject({ unit: "px" });
  const doppler = { ...region, units: [4, 7] } as const;
  expect(
    measureMark(
      mark("length", [
        [10, 10],
        [10, 50],
      ]),
      picture([1, 1], [doppler]),
      undefined,
    ),
  ).toMatchObject({ unit: "px" });
});

test("an angle is that of the patient, not of the pixels", () => {
  // Legs along (1 column, 0) and (1 column, 1 row); with rows twice as far apart tan is 2.
  const measured = measureMark(
    mark("angle", [
      [1, 0],
      [0, 0],
      [1, 1],
    ]),
    picture([2, 1]),
    undefined,
  );
  expect(measured).toMatchObject({ angleDeg: expect.closeTo((Math.atan(2) * 180) / Math.PI, 10) });
});

test("a rectangle holds the pixels on its border; their statistics are those of the values", () => {
  const values = Int16Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const decoded = { values, rows: 3, columns: 3, samplesPerPixel: 1, min: 1, max: 9 } as const;
  const measured = measureMark(
    mark("rectangle", [
      [0, 0],
      [1, 1],
    ]),
    picture([1, 1]),
    decoded,
  );
  // 1, 2, 4, 5: mean 3, squares 4 + 1 + 1 + 4 of 4 pixels.
  const statistics = { count: 4, mean: 3, standardDeviation: Math.sqrt(2.5), min: 1, max: 5 };
  expect(measured).toEqual({ kind: "region", area: 1, unit: "mm", statistics });
});

test("an ellipse leaves the corners of its box out", () => {
  const decoded = {
    values: new Uint8Array(25).fill(7),
    rows: 5,
    columns: 5,
    samplesPerPixel: 1,
    min: 7,
    max: 7,
  } as const;
  // Radius 2 around (2, 2): of 25 pixel centres the 13 with dx² + dy² ≤ 4.
  const measured = measureMark(
    mark("ellipse", [
      [0, 0],
      [4, 4],
    ]),
    picture([1, 1]),
    decoded,
  );
  expect(measured).toMatchObject({ area: expect.closeTo(4 * Math.PI, 10), statistics: { count: 13, mean: 7 } });
});

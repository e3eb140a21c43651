import { marksSchema } from "@etalon/measure";
import { expect, test } from "vitest";
import { madeStack } from "../../reading/testing/made-stack.ts";
import { contourAt, drawnBy } from "./contour-edits.ts";
import { contoursOn, countOf, withoutContour } from "./contour-regions.ts";

const [picture] = madeStack({ id: "1", slices: 1, spacingMm: 1 }).pictures;
if (picture === undefined) throw new Error("a stack without pictures");
const next = { ...picture, header: { ...picture.header, sopInstanceUid: "1.2.3.4" } };
const drawing = { role: "end-diastole", label: "lv-blood-pool" };
const path = [
  [10, 10],
  [20, 10],
  [20, 20],
  [10, 20],
] as const;
const drag = { picture, path, drawing, perScreenPx: 1 };

test("a drag becomes a contour of the marks, which are marks by their schema", () => {
  const regions = drawnBy(drag, []) ?? [];
  expect(marksSchema.safeParse({ schema: "etalon.marks/2", regions }).success).toBe(true);
  expect(regions).toEqual([
    {
      id: "contour-1",
      label: "lv-blood-pool",
      mode: "assign",
      role: "end-diastole",
      shape: {
        kind: "contour",
        sopInstanceUid: picture.header.sopInstanceUid,
        frameNumber: 1,
        pointsColumnRow: [
          [10, 10],
          [20, 10],
          [20, 20],
          [10, 20],
        ],
      },
    },
  ]);
  expect(countOf(regions, drawing)).toBe(1);
  expect(countOf(regions, { ...drawing, role: "end-systole" })).toBe(0);
});

test("a contour belongs to its picture", () => {
  const regions = drawnBy(drag, []) ?? [];
  expect(contoursOn(picture, regions)).toMatchObject([{ id: "contour-1", ...drawing }]);
  const other = drawnBy({ ...drag, picture: next }, regions) ?? [];
  expect(contoursOn(picture, other)).toHaveLength(1);
  expect(other.map(({ id }) => id)).toEqual(["contour-1", "contour-2"]);
});

test("a drag that begins and ends on a contour of the same structure corrects it; of another structure it is a new one", () => {
  const regions = drawnBy(drag, []) ?? [];
  const bulge = [
    [20, 10],
    [26, 15],
    [20, 20],
  ] as const;
  const [corrected, ...others] = drawnBy({ ...drag, path: bulge }, regions) ?? [];
  expect(others).toEqual([]);
  expect(contoursOn(picture, corrected === undefined ? [] : [corrected])[0]?.points).toContainEqual([26, 15]);
  const epicardium = { role: "end-diastole", label: "lv-epicardium" };
  expect(drawnBy({ ...drag, path: bulge, drawing: epicardium }, regions)).toHaveLength(2);
});

test("a click draws nothing; near a contour it chooses that", () => {
  const regions = drawnBy(drag, []) ?? [];
  expect(drawnBy({ ...drag, path: [[15, 15]] }, regions)).toBeUndefined();
  expect(contourAt({ picture, at: [21, 21], perScreenPx: 1 }, regions)).toBe("contour-1");
  expect(contourAt({ picture, at: [40, 40], perScreenPx: 1 }, regions)).toBeUndefined();
});

test("a contour that is taken out leaves its name to the next", () => {
  const two = drawnBy({ ...drag, picture: next }, drawnBy(drag, []) ?? []) ?? [];
  const one = withoutContour(two, "contour-1");
  expect(one.map(({ id }) => id)).toEqual(["contour-2"]);
  expect(drawnBy(drag, one)?.map(({ id }) => id)).toEqual(["contour-2", "contour-1"]);
});

test("corners are kept to a hundredth of a pixel", () => {
  const fine = [
    [10.123456, 10],
    [20, 10],
    [15, 20],
  ] as const;
  const [region] = drawnBy({ ...drag, path: fine }, []) ?? [];
  expect(region?.shape).toMatchObject({
    pointsColumnRow: [
      [10.12, 10],
      [20, 10],
      [15, 20],
    ],
  });
});

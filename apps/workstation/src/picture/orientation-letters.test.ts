import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bytesSource, dataSetOf, readPart10 } from "@etalon/dicom";
import { describeWithSharedData } from "@etalon/testing";
import { expect, test } from "vitest";
import { placedState } from "../viewport/placed-state.ts";
import { flipped, type Placement, turnedBy, wholePlacement } from "../viewport/placement.ts";
import { orientationLetters, saidSidesOf, sidesOf } from "./orientation-letters.ts";
import { type PatientOrientation, patientOrientationOf } from "./patient-orientation.ts";
import { planeOf } from "./plane.ts";

/** The plane of a radiograph: no orientation. */
const nowhere = planeOf({ frameIndex: 0, rescaleSlope: 1, rescaleIntercept: 0, axes: {} });

/** What stands right, left, at the bottom and at the top. */
function sidesWhen(said: PatientOrientation, placement: Placement): readonly string[] {
  const size = { widthPx: 100, heightPx: 100 };
  const picture = { id: "1", rows: 2, columns: 2, plane: nowhere };
  const { right, left, bottom, top } = saidSidesOf(
    said,
    nowhere,
    placedState(picture, size, { placement, range: undefined }),
  );
  return [right, left, bottom, top];
}

const orientationOf = (...PatientOrientation: string[]) => patientOrientationOf(dataSetOf({ PatientOrientation }), 0);

test("a picture without a place in the patient has the letters that it says, turned and flipped with it", () => {
  // A chest radiograph from in front: columns lead to the patient's left, rows to the feet.
  const chest = { alongRow: "L", alongColumn: "F" };
  expect(sidesWhen(chest, wholePlacement)).toEqual(["L", "R", "F", "H"]);
  expect(sidesWhen(chest, flipped(wholePlacement, "horizontal"))).toEqual(["R", "L", "F", "H"]);
  expect(sidesWhen(chest, flipped(wholePlacement, "vertical"))).toEqual(["L", "R", "H", "F"]);
  // A quarter clockwise: what was at the top, the head, is now at the right; what was at the left is at the top.
  expect(sidesWhen(chest, turnedBy(wholePlacement, 1))).toEqual(["H", "F", "L", "R"]);
  expect(sidesWhen(chest, flipped(turnedBy(wholePlacement, 1), "horizontal"))).toEqual(["F", "H", "L", "R"]);
});

test("each letter of an oblique direction has its opposite on the other side", () => {
  expect(sidesWhen({ alongRow: "P", alongColumn: "FL" }, wholePlacement)).toEqual(["P", "A", "FL", "HR"]);
});

test.each([
  [[1, 0, 0], "L"],
  [[0, -1, 0], "A"],
  [[0, 0, 1], "H"],
  [[-0.8, 0.6, 0], "RP"],
  [[0.1, 0, -0.99], "F"],
] as const)("%j leads to %s", (direction, letters) => {
  expect(orientationLetters(direction)).toBe(letters);
});

test("a picture with a place has the letters of its directions", () => {
  expect(sidesOf({ right: [1, 0, 0], down: [0, 0.6, -0.8] })).toEqual({
    right: "L",
    left: "R",
    bottom: "FP",
    top: "HA",
  });
});

test("what is not two directions of a person is none (PS3.3 C.7.6.1.1.1)", () => {
  expect(orientationOf("L", "F")).toEqual({ alongRow: "L", alongColumn: "F" });
  for (const values of [[], ["L"], ["", "F"], ["L", "CD"], ["LR", "F"], ["AP", "F"], ["X", "F"]]) {
    expect(orientationOf(...values), values.join("\\")).toBeUndefined();
  }
  // PR is proximal on a quadruped, behind and to the right on a person.
  const values = { PatientOrientation: ["PR", "F"] };
  expect(patientOrientationOf(dataSetOf(values), 0)).toEqual({ alongRow: "PR", alongColumn: "F" });
  const quadruped = dataSetOf({ ...values, AnatomicalOrientationType: "QUADRUPED" });
  expect(patientOrientationOf(quadruped, 0)).toBeUndefined();
});

test("a frame's own orientation comes before that of all frames and the object's", () => {
  const group = (...PatientOrientation: string[]) => ({ PatientOrientationInFrameSequence: [{ PatientOrientation }] });
  const dataSet = dataSetOf({
    PatientOrientation: ["A", "F"],
    PerFrameFunctionalGroupsSequence: [group("P", "FL"), {}],
    SharedFunctionalGroupsSequence: [group("P", "FR")],
  });
  expect(patientOrientationOf(dataSet, 0)).toEqual({ alongRow: "P", alongColumn: "FL" });
  expect(patientOrientationOf(dataSet, 1)).toEqual({ alongRow: "P", alongColumn: "FR" });
});

describeWithSharedData("pictures of real machines", "6-us-xr-xa", (folder) => {
  test.each([
    // Right breast, MLO: toward the chest wall and, the breast hanging obliquely, down to the left.
    ["mg-ge/GH133.dcm", { alongRow: "P", alongColumn: "FL" }],
    ["cr-hand-extremity/RG3_J2KR.dcm", { alongRow: "R", alongColumn: "F" }],
    // PatientOrientation is empty.
    ["cr-hand-extremity/RG2_JPLL.dcm", undefined],
  ] as const)("%s", async (name, expected) => {
    const source = bytesSource(name, readFileSync(join(folder, name)));
    const { dataSet } = await readPart10(source, { until: "pixel-data" });
    expect(patientOrientationOf(dataSet, 0)).toEqual(expected);
  });
});

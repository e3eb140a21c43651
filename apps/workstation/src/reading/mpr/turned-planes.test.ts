import { expect, test } from "vitest";
import { dot } from "../../picture/plane.ts";
import { outOf, planeFrames } from "../../viewport/planes/plane-frame.ts";
import { handlesOf, takesHandle, turnedDegrees } from "./crosshair-handles.ts";
import { cutsOf, turnedAbout } from "./turned-planes.ts";

test("the planes of the patient cut each other upright and level", () => {
  const size = (plane: "axial" | "coronal" | "sagittal"): readonly (readonly number[])[] =>
    cutsOf(planeFrames, plane).map(([x, y]) => [Math.abs(x), Math.abs(y)]);
  const [upright, level] = [
    [0, 1],
    [1, 0],
  ];
  // Of the others in the order axial, sagittal, coronal.
  expect(size("axial")).toEqual([upright, level]);
  expect(size("sagittal")).toEqual([level, upright]);
  expect(size("coronal")).toEqual([level, upright]);
});

test("turning on the axial plane turns the other two about the patient's length, and their lines with the pointer", () => {
  const turned = turnedAbout(planeFrames, "axial", 30);
  expect(turned.axial).toBe(planeFrames.axial);
  // The sagittal plane's line stood upright; 30° clockwise it leans to the right: up and right is (sin 30°, -cos 30°).
  const [sagittal, coronal] = cutsOf(turned, "axial");
  expect(Math.abs((sagittal?.[0] ?? 0) * 0.5 + (sagittal?.[1] ?? 0) * -Math.sqrt(0.75))).toBeCloseTo(1, 9);
  // The coronal plane's lay level; clockwise its right end goes down.
  expect(Math.abs((coronal?.[0] ?? 0) * Math.sqrt(0.75) + (coronal?.[1] ?? 0) * 0.5)).toBeCloseTo(1, 9);
  // Both still contain the patient's length, and stand upright on each other.
  expect(turned.sagittal.down).toEqual([0, 0, -1]);
  expect(dot(outOf(turned.sagittal), outOf(turned.coronal))).toBeCloseTo(0, 9);
});

test("turning there and back leaves the planes as they were", () => {
  const back = turnedAbout(turnedAbout(planeFrames, "coronal", 75), "coronal", -75);
  for (const plane of ["axial", "sagittal"] as const) {
    expect(dot(back[plane].right, planeFrames[plane].right)).toBeCloseTo(1, 12);
    expect(dot(back[plane].down, planeFrames[plane].down)).toBeCloseTo(1, 12);
  }
});

test("each line has a handle on both sides, which the pointer takes from near by", () => {
  const handles = handlesOf([100, 50], [[1, 0]], { widthPx: 400, heightPx: 200 });
  // 0.35 of the shorter side, 200 px.
  expect(handles).toEqual([
    [170, 50],
    [30, 50],
  ]);
  expect(takesHandle([160, 44], handles)).toBe(true);
  expect(takesHandle([150, 50], handles)).toBe(false);
});

test("a quarter clockwise on a screen, whose y leads down, is 90 degrees", () => {
  expect(turnedDegrees([10, 10], [20, 10], [10, 25])).toBeCloseTo(90, 9);
  expect(turnedDegrees([10, 10], [20, 10], [10, -3])).toBeCloseTo(-90, 9);
});

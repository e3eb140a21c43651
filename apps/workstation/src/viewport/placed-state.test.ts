import { expect, test } from "vitest";
import { matrixOf, placedState } from "./placed-state.ts";
import { flipped, type Placement, panned, turnedBy, wholePlacement, zoomed } from "./placement.ts";
import type { ViewState } from "./view.ts";

const plane = {
  originLpsMm: [-100, -50, 7],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  spacingMm: [2, 1],
  hasSpacing: true,
  hasOrientation: true,
} as const;
/** 100 mm wide, 100 mm high: its rows are twice as far apart as its columns. */
const picture = { id: "1.2/1", rows: 50, columns: 100, plane };
const size = { widthPx: 300, heightPx: 200 };

function stateOf(placement: Placement): ViewState {
  return placedState(picture, size, { placement, range: undefined });
}

test("a picture stands in the middle, as large as fits, in its true proportions", () => {
  // 200 px for 100 mm: 2 px a column, 4 px a row; its left edge is 50 px inside, half a pixel before its first centre.
  expect(matrixOf(picture, size, wholePlacement)).toEqual({ a: 2, b: 0, c: 0, d: 4, e: 51, f: 2 });
  const narrow = { widthPx: 100, heightPx: 200 };
  expect(matrixOf(picture, narrow, wholePlacement)).toEqual({ a: 1, b: 0, c: 0, d: 2, e: 0.5, f: 51 });
});

test("points of the patient lie where their pixels are drawn", () => {
  const state = stateOf(wholePlacement);
  // The first pixel is 2 px wide and 4 px high: its centre is 1 px and 2 px inside.
  expect(state.toCanvas([-100, -50, 7])).toEqual([51, 2]);
  // 10 mm to the left of the patient are 20 px, 10 mm backwards as many.
  expect(state.toCanvas([-90, -40, 7])).toEqual([71, 22]);
  expect(state.toLps([71, 22])).toEqual([-90, -40, 7]);
  expect(state).toMatchObject({ right: [1, 0, 0], down: [0, 1, 0], zoom: 1, pictureId: "1.2/1" });
});

test("a quarter to the right brings the picture's left to the top", () => {
  const state = stateOf(turnedBy(wholePlacement, 1));
  // The first pixel, top left before, is top right: 200 px wide about the middle at 150.
  expect(state.toCanvas([-100, -50, 7])).toEqual([248, 1]);
  // To the right of the screen lies what was above: towards the front; below what was to the right: the patient's left.
  expect(state).toMatchObject({ right: [0, -1, 0], down: [1, 0, 0] });
  expect(turnedBy(wholePlacement, -3)).toEqual(turnedBy(wholePlacement, 1));
  expect(turnedBy(wholePlacement, 4)).toEqual(wholePlacement);
});

test("a picture that lies on its side fits as it lies", () => {
  const wide = { ...picture, rows: 25 };
  expect(matrixOf(wide, size, wholePlacement).a).toBe(3);
  // 100 mm wide and 50 mm high: upright it is limited by the 200 px of height.
  expect(matrixOf(wide, size, turnedBy(wholePlacement, 1)).b).toBe(2);
});

test("mirroring is of the screen, whichever way the picture is turned", () => {
  const turned = turnedBy(wholePlacement, 1);
  const [x, y] = stateOf(turned).toCanvas([-90, -40, 7]);
  const [mirroredX, mirroredY] = stateOf(flipped(turned, "horizontal")).toCanvas([-90, -40, 7]);
  expect([mirroredX, mirroredY]).toEqual([300 - x, y]);
  expect(stateOf(flipped(turned, "vertical")).toCanvas([-90, -40, 7])).toEqual([x, 200 - y]);
  expect(flipped(flipped(turned, "vertical"), "vertical")).toEqual(turned);
});

test("what lies in the middle of the view stays there when it comes nearer, is turned or mirrored", () => {
  const moved = panned(wholePlacement, [30, -12]);
  const middle = stateOf(moved).toLps([150, 100]);
  for (const next of [zoomed(moved, 3), turnedBy(moved, 1), flipped(moved, "vertical")]) {
    const [x, y] = stateOf(next).toCanvas(middle);
    expect(x).toBeCloseTo(150, 9);
    expect(y).toBeCloseTo(100, 9);
  }
  expect(zoomed(moved, 1e6).zoom).toBe(40);
  expect(zoomed(moved, 1e-6).zoom).toBe(0.1);
});

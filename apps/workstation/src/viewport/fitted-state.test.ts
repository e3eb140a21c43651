import { expect, test } from "vitest";
import { fitOf, fittedState } from "./fitted-state.ts";

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

test("a picture stands in the middle, as large as fits, in its true proportions", () => {
  expect(fitOf(picture, { widthPx: 300, heightPx: 200 })).toEqual({ left: 50, top: 0, width: 200, height: 200 });
  expect(fitOf(picture, { widthPx: 100, heightPx: 200 })).toEqual({ left: 0, top: 50, width: 100, height: 100 });
});

test("points of the patient lie where their pixels are drawn", () => {
  const state = fittedState(picture, { widthPx: 300, heightPx: 200 }, undefined);
  // The first pixel is 2 px wide and 4 px high: its centre is 1 px and 2 px inside.
  expect(state.toCanvas([-100, -50, 7])).toEqual([51, 2]);
  // 10 mm to the left of the patient are 20 px, 10 mm backwards as many.
  expect(state.toCanvas([-90, -40, 7])).toEqual([71, 22]);
  expect(state.toLps([71, 22])).toEqual([-90, -40, 7]);
  expect(state).toMatchObject({ right: [1, 0, 0], down: [0, 1, 0], zoom: 1, pictureId: "1.2/1" });
});

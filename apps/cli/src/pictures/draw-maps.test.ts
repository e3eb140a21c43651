import type { ParametricMap } from "@etalon/measure";
import { buildVolume } from "@etalon/testing";
import { expect, it } from "vitest";
import { drawMaps } from "./draw-maps.ts";

it("draws values in colour, nothing in black, and the scale beside them", () => {
  const grid = buildVolume({ columns: 2, rows: 1, slices: 1, values: new Float32Array(2) });
  const map: ParametricMap = {
    ...{ id: "t1", title: { en: "T1 map", fr: "Cartographie T1" }, unit: "ms", grid, isQuantity: true },
    values: Float32Array.of(0, 500),
  };
  const [picture, ...others] = drawMaps([map, { ...map, id: "t1-residual", isQuantity: false }]);
  expect(others).toEqual([]);
  expect(picture).toMatchObject({ id: "map-t1-1", map: { unit: "ms", slice: 1, highest: 500 } });
  const { width = 0, height = 0, rgb = new Uint8Array() } = picture ?? {};
  // Pixels of 128, a gap of 8, a bar of 16.
  expect([width, height]).toEqual([256 + 8 + 16, 128]);
  const at = (x: number, y: number) => [...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
  expect([at(0, 0), at(200, 60)]).toEqual([
    [0, 0, 0],
    [253, 231, 37],
  ]);
  expect([at(width - 1, 0), at(width - 1, height - 1)]).toEqual([
    [253, 231, 37],
    [68, 1, 84],
  ]);
  const [flow] = drawMaps([{ ...map, values: Float32Array.of(0, 3), shownTo: 6 }]);
  expect(flow?.map?.highest).toBe(6);
});

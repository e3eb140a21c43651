import { itemsOf, numberOf, numbersOf, textOf } from "@etalon/dicom";
import type { ParametricMap } from "@etalon/measure";
import { measurePhantom } from "@etalon/testing";
import { expect, it } from "vitest";
import { parametricMapObject } from "./parametric-map.ts";
import { readObject } from "./testing/read-object.ts";
import { reportInputOf } from "./testing/report-input-of.ts";

it("holds the values themselves, where they lie, with their unit and quantity", async () => {
  const phantom = await measurePhantom();
  const grid = { ...phantom.mask.grid, columns: 4, rows: 3, slices: 2 };
  const values = Float32Array.from({ length: grid.slices * grid.rows * grid.columns }, (_, i) => (i % 7) * 100.5);
  const map: ParametricMap = {
    id: "t1",
    title: { en: "T1 map", fr: "Cartographie T1" },
    unit: "ms",
    grid,
    values,
    isQuantity: true,
  };
  const input = reportInputOf(phantom);
  const object = parametricMapObject(map, input, 1);
  const { dataSet, binary } = await readObject(object.bytes);
  expect(textOf(dataSet, "00080016")).toBe("1.2.840.10008.5.1.4.1.1.30");
  const pixels = await binary("7FE00008");
  const view = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  expect(pixels.byteLength).toBe(4 * values.length);
  values.forEach((value, i) => void (view.getFloat32(4 * i, true) === value || expect.fail(`voxel ${i}`)));
  const [shared] = itemsOf(dataSet, "52009229");
  const [mapping] = itemsOf(shared, "00409096");
  expect([numberOf(mapping, "00409225"), numberOf(mapping, "00409224")]).toEqual([1, 0]);
  expect(textOf(itemsOf(mapping, "004008EA")[0], "00080100")).toBe("ms");
  const [quantity] = itemsOf(mapping, "00409220");
  // PS3.16 CID 7180: (113063, DCM, "T1").
  expect(textOf(itemsOf(quantity, "0040A168")[0], "00080100")).toBe("113063");
  const frames = itemsOf(dataSet, "52009230");
  expect(frames).toHaveLength(grid.slices);
  frames.forEach((frame, slice) => {
    const [place] = itemsOf(frame, "00209113");
    expect(numbersOf(place, "00200032", 3)).toEqual([...grid.sliceOriginsLpsMm.subarray(3 * slice, 3 * slice + 3)]);
  });
  expect(parametricMapObject(map, input, 1).bytes).toEqual(object.bytes);
});

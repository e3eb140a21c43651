import { buildVolume } from "@etalon/testing";
import { expect, test } from "vitest";
import { shownMap } from "./shown-map.ts";

test("a map goes to the page with where its slices lie, without the volume that its grid comes from", () => {
  const named = { id: "t1", unit: "ms", title: { en: "T1 map", fr: "Cartographie T1" }, isQuantity: true };
  const values = Float32Array.from([1, 2, 3, 4, 5, 6]);
  const volume = buildVolume({ columns: 2, rows: 1, positionsMm: [0, 8, 17] });
  expect(shownMap({ ...named, values, grid: volume })).toEqual({
    ...{ ...named, values, columns: 2, rows: 1, slices: 3 },
    ...{ columnSpacingMm: 1, rowSpacingMm: 1, positionsMm: [0, 8, 17] },
  });
});

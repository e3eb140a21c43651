import { gunzipSync } from "node:zlib";
import { bytesSource, readPart10, textOf } from "@etalon/dicom";
import { catalog, mapNifti, type ParametricMap } from "@etalon/measure";
import { parametricMapObject, type ReportInput } from "@etalon/report";
import { measurePhantom } from "@etalon/testing";
import { beforeAll, expect, test } from "vitest";
import { mapFile } from "./map-file.ts";

let input: ReportInput;
let maps: readonly ParametricMap[];

beforeAll(async () => {
  const { result, context, sources, mask } = await measurePhantom();
  const protocol = catalog.find(({ id }) => id === result.protocol.id);
  if (protocol === undefined) throw new Error("no protocol");
  const when = { createdAt: "2026-11-23T09:00:00Z", language: "en" } as const;
  input = { result, protocol, verdicts: null, context, sources, keyImages: [], ...when };
  const grid = { ...mask.grid, columns: 2, rows: 2, slices: 1 };
  const map = { title: { en: "T1 map", fr: "Cartographie T1" }, unit: "ms", grid };
  maps = [
    { ...map, id: "t1-r2", values: new Float32Array(4), isQuantity: false },
    { ...map, id: "t1", values: Float32Array.of(0, 1100.5, 900, 0), isQuantity: true },
  ];
});

test("NIfTI is what is written everywhere else, under a name that says which result", () => {
  const [, t1] = maps;
  if (t1 === undefined) throw new Error("no map");
  const { name, bytes } = mapFile(maps, { mapId: "t1", format: "nifti" }, input);
  expect(name).toBe(`t1-${input.result.digest.slice(0, 8)}.nii.gz`);
  expect(bytes).toEqual(mapNifti(t1, false));
  // Four voxels after the header of 352 bytes, the second the largest.
  expect(gunzipSync(bytes).readFloatLE(352 + 4)).toBe(1100.5);
  expect(mapFile(maps, { mapId: "t1-r2", format: "nifti" }, input).bytes.length).toBeGreaterThan(0);
});

test("a Parametric Map has the place of its map among those of the result, as the server counts", async () => {
  const [, t1] = maps;
  if (t1 === undefined) throw new Error("no map");
  const { name, bytes } = mapFile(maps, { mapId: "t1", format: "parametric-map" }, input);
  expect(name).toBe(`t1-${input.result.digest.slice(0, 8)}.pm.dcm`);
  expect(bytes).toEqual(parametricMapObject(t1, input, 2).bytes);
  const { dataSet } = await readPart10(bytesSource(name, bytes), { until: "pixel-data" });
  expect([textOf(dataSet, "00080016"), textOf(dataSet, "00200013")]).toEqual(["1.2.840.10008.5.1.4.1.1.30", "2"]);
});

test("what is no map, or no quantity for a Parametric Map, is refused", () => {
  const refused = { code: "result-not-found" };
  expect(() => mapFile(maps, { mapId: "t9", format: "nifti" }, input)).toThrow(expect.objectContaining(refused));
  const quality = { mapId: "t1-r2", format: "parametric-map" } as const;
  expect(() => mapFile(maps, quality, input)).toThrow(expect.objectContaining(refused));
});

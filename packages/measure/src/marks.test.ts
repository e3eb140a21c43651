import { describe, expect, it } from "vitest";
import { parseMarks } from "./marks.ts";

const sphere = { kind: "sphere", centerLpsMm: [1, 2, 3], radiusMm: 4 };
const region = { id: "r1", label: "LAD", shape: sphere };
const marks = (...regions: readonly unknown[]): unknown => ({ schema: "etalon.marks/1", regions });

describe("marks", () => {
  it("are read with their defaults: a region assigns unless it says that it clips", () => {
    expect(parseMarks(marks(region, { ...region, id: "r2", mode: "clip" })).regions.map(({ mode }) => mode)).toEqual([
      "assign",
      "clip",
    ]);
  });

  it("may say who drew them, when, and what they revise", () => {
    const said = {
      ...(marks(region) as object),
      revision: 2,
      author: { name: "A. Reader", role: "radiologist" },
      savedAt: "2026-01-02T03:04:05Z",
      parentSha256: "0".repeat(64),
    };
    expect(parseMarks(said)).toEqual({ ...said, regions: [{ ...region, mode: "assign" }] });
  });

  it("may hold no region", () => {
    expect(parseMarks(marks()).regions).toEqual([]);
  });

  it("name label maps, with or without regions, in either version", () => {
    const labelMap = { file: "gt.nii.gz", role: "end-diastole", labels: { "3": "lv-blood-pool" } };
    for (const schema of ["etalon.marks/1", "etalon.marks/2"]) {
      expect(parseMarks({ schema, labelMaps: [labelMap] })).toEqual({ schema, labelMaps: [labelMap], regions: [] });
    }
  });

  it("hold contours and clicks from version 2 on", () => {
    const contour = {
      kind: "contour",
      sopInstanceUid: "1.2",
      pointsColumnRow: [
        [0, 0],
        [1, 0],
        [0, 1],
      ],
    };
    const drawn = { id: "c", label: "lv-blood-pool", shape: contour };
    const read = parseMarks({ schema: "etalon.marks/2", regions: [drawn] });
    expect(read.regions).toEqual([{ ...drawn, mode: "assign", shape: { ...contour, frameNumber: 1 } }]);
    for (const [shape, field] of [
      [
        {
          ...contour,
          pointsLpsMm: [
            [0, 0, 0],
            [1, 0, 0],
            [0, 1, 0],
          ],
        },
        "marks.regions.0.shape",
      ],
      [{ kind: "contour", sopInstanceUid: "1.2" }, "marks.regions.0.shape"],
      [
        {
          ...contour,
          pointsColumnRow: [
            [0, 0],
            [1, 0],
          ],
        },
        "marks.regions.0.shape.pointsColumnRow",
      ],
    ] as const) {
      const broken = { schema: "etalon.marks/2", regions: [{ ...drawn, shape }] };
      expect(() => parseMarks(broken)).toThrow(expect.objectContaining({ code: "schema-mismatch", field }));
    }
    expect(() => parseMarks(marks(drawn))).toThrow(expect.objectContaining({ field: "marks.regions.0.shape.kind" }));
  });

  it.each([
    ["no object", null, "marks."],
    ["another schema", { schema: "etalon.marks/4", regions: [] }, "marks.schema"],
    ["no regions", { schema: "etalon.marks/1" }, "marks.regions"],
    ["an unknown field", { schema: "etalon.marks/1", regions: [], comment: "x" }, "marks."],
    ["an unknown field in a region", marks({ ...region, colour: "red" }), "marks.regions.0"],
    ["an empty label", marks({ ...region, label: "" }), "marks.regions.0.label"],
    ["an unknown mode", marks({ ...region, mode: "erase" }), "marks.regions.0.mode"],
    ["an unknown shape", marks({ ...region, shape: { kind: "cone" } }), "marks.regions.0.shape.kind"],
    ["a radius of nothing", marks({ ...region, shape: { ...sphere, radiusMm: 0 } }), "marks.regions.0.shape.radiusMm"],
    [
      "a centre of two numbers",
      marks({ ...region, shape: { ...sphere, centerLpsMm: [1, 2] } }),
      "marks.regions.0.shape.centerLpsMm",
    ],
    [
      "a centre at no place",
      marks({ ...region, shape: { ...sphere, centerLpsMm: [1, 2, Number.NaN] } }),
      "marks.regions.0.shape.centerLpsMm.2",
    ],
    [
      "a radius without end",
      marks({ ...region, shape: { ...sphere, radiusMm: Number.POSITIVE_INFINITY } }),
      "marks.regions.0.shape.radiusMm",
    ],
    [
      "a box inside out",
      marks({ ...region, shape: { kind: "box", minLpsMm: [0, 0, 0], maxLpsMm: [1, -1, 1] } }),
      "marks.regions.0.shape",
    ],
    [
      "a flat box",
      marks({ ...region, shape: { kind: "box", minLpsMm: [0, 0, 0], maxLpsMm: [1, 0, 1] } }),
      "marks.regions.0.shape",
    ],
    [
      "segment number 0",
      marks({ ...region, shape: { kind: "segment", sopInstanceUid: "1.2", segmentNumber: 0 } }),
      "marks.regions.0.shape.segmentNumber",
    ],
    ["two regions of one id", marks(region, { ...region, label: "RCA" }), "marks.regions"],
  ])("are refused with %s, naming the place", (_, value, field) => {
    expect(() => parseMarks(value)).toThrow(expect.objectContaining({ code: "schema-mismatch", field }));
  });
});

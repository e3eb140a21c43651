import { expect, test } from "vitest";
import { coordinateText } from "./axis-texts.ts";
import { markLines } from "./mark-text.ts";
import { valueUnitOf } from "./value-unit.ts";

test("lengths and angles are written with their unit, as the language writes numbers", () => {
  expect(markLines({ kind: "length", length: 12.345, unit: "mm" }, "en", "HU")).toEqual(["12.3 mm"]);
  expect(markLines({ kind: "length", length: 12.345, unit: "px" }, "fr", "HU")).toEqual(["12,3 px"]);
  expect(markLines({ kind: "angle", angleDeg: 90 }, "en", "HU")).toEqual(["90.0°"]);
});

test("a region has its size, once the picture is there also its values, with their unit where they have one", () => {
  const region = { kind: "region", area: 25, unit: "mm" } as const;
  const statistics = { mean: 130.25, standardDeviation: 12, min: -3, max: 512, count: 9 };
  expect(markLines({ ...region, statistics: undefined }, "en", "HU")).toEqual(["area 25.0 mm²"]);
  expect(markLines({ ...region, statistics }, "en", "HU")).toEqual([
    "mean 130.3 HU, SD 12.0",
    "range -3 … 512 HU",
    "area 25.0 mm²",
  ]);
  expect(markLines({ ...region, statistics }, "fr", "")[1]).toBe("étendue -3 … 512");
});

test.each([
  [{ name: "triggerTimeMs", unit: "ms", coordinates: [0, 35] }, 1, "35 ms"],
  [{ name: "echoTimeMs", unit: "ms", coordinates: [2.54] }, 0, "2,5 ms"],
  [{ name: "bValueSPerMm2", unit: "s/mm2", coordinates: [0, 800] }, 1, "800 s/mm²"],
  [{ name: "flipAngleDeg", unit: "deg", coordinates: [20] }, 0, "20 °"],
  [{ name: "temporalPositionIndex", unit: "1", coordinates: [1, 2, 3] }, 2, "3 / 3"],
  [{ name: "acquisitionDateTime", unit: "1", coordinates: ["20240131120501.25"] }, 0, "12:05:01"],
  [{ name: "acquisitionDateTime", unit: "1", coordinates: ["2024"] }, 0, "2024"],
] as const)("%j at %d is %j", (axis, point, text) => {
  expect(coordinateText(axis, point, "fr")).toBe(text);
});

test("values of CT are Hounsfield units unless they say what else; those of others are what they say, or nothing", () => {
  const unitOf = (modality: string, rescaleType?: string) =>
    valueUnitOf({
      header: { modality } as Parameters<typeof valueUnitOf>[0]["header"],
      frame: { rescaleType } as Parameters<typeof valueUnitOf>[0]["frame"],
    });
  expect([unitOf("CT"), unitOf("CT", "US"), unitOf("CT", "HU"), unitOf("MR"), unitOf("MR", "ms")]).toEqual([
    "HU",
    "HU",
    "HU",
    "",
    "ms",
  ]);
});

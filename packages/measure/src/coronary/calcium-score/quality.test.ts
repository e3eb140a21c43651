import { type ConstructedBox, type ConstructedCt, outputValue, scoreConstructedCt } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import type { Result } from "../../result.ts";
import { isSharpKernel } from "./acquisition.ts";

const everywhere = { id: "all", label: "LAD", shape: { kind: "box", minLpsMm: [-9, -9, -9], maxLpsMm: [99, 99, 99] } };
const square = (hu: number, slices: readonly [number, number]): ConstructedBox => ({
  columns: [2, 3],
  rows: [2, 3],
  slices,
  hu,
});

const score = (ct: ConstructedCt, overrides: Record<string, string | number> = {}): Promise<Result> =>
  scoreConstructedCt({ columns: 8, rows: 8, slices: 6, ...ct }, { regions: [everywhere], overrides });

/** Quality codes of the acquisition: without those that every small, empty, uncalibrated box has. */
const codesOf = ({ quality }: Result): readonly string[] =>
  quality
    .map(({ code }) => code)
    .filter(
      (code) =>
        !["mass-not-calibrated", "heart-not-located", "region-without-calcium", "short-coverage"].includes(code),
    );

describe("slice thickness", () => {
  it("averages slices of 1 mm to slabs of 3 mm and says so", async () => {
    // Slices 1 to 3 make the first slab: (450 + 450 + 40) / 3 = 313.3 HU, weight 3: 4 mm² × 3 × 3 mm / 3 mm.
    const ct = { incrementMm: 1, boxes: [square(450, [0, 1])] };
    const result = await score(ct);
    expect(outputValue(result, "agatston-score")).toBe(12);
    expect(outputValue(result, "volume-score")).toBe(12);
    expect(outputValue(result, "mean-density")).toBeCloseTo(940 / 3, 4);
    expect(result.quality).toContainEqual({
      code: "thin-slices-averaged",
      severity: "warning",
      details: { thicknessMm: 1, incrementMm: 1, slabMm: 3 },
    });
    // Two slices of 4 mm² × weight 4 × 1 mm / 3 mm as acquired.
    const asAcquired = await score(ct, { "thickness-handling": "as-acquired" });
    expect(outputValue(asAcquired, "agatston-score")).toBeCloseTo(32 / 3, 12);
    expect(codesOf(asAcquired)).toEqual([]);
  });

  it("puts marks where they are, whatever the slabs", async () => {
    // The second slab is centred at 4 mm; a region of its own slices alone takes its lesion.
    const region = { ...everywhere, shape: { kind: "box", minLpsMm: [0, 0, 3], maxLpsMm: [9, 9, 5] } };
    const ct = { columns: 8, rows: 8, slices: 6, incrementMm: 1, boxes: [square(450, [3, 5])] };
    const result = await scoreConstructedCt(ct, { regions: [region] });
    expect(outputValue(result, "agatston-score")).toBe(16);
  });

  it.each([
    { incrementMm: 3, thicknessMm: 3, codes: [] },
    { incrementMm: 2, thicknessMm: 2, codes: [] },
    { incrementMm: 2.5, thicknessMm: 2.5, codes: [] },
    { incrementMm: 1.25, thicknessMm: 2.5, codes: ["overlapping-slices"] },
    { incrementMm: 5, thicknessMm: 3, codes: ["gaps-between-slices"] },
    { incrementMm: 5, thicknessMm: 5, codes: ["thick-slices"] },
    { incrementMm: 1.5, thicknessMm: 1.5, codes: ["thin-slices-averaged"] },
    { incrementMm: 0.5, thicknessMm: 1, codes: ["thin-slices-averaged", "overlapping-slices"] },
    // Rounding of the header is no overlap: 0.03 mm in 3 mm is 1 %.
    { incrementMm: 2.97, thicknessMm: 3, codes: [] },
  ])("flags $thicknessMm mm slices every $incrementMm mm with $codes", async ({ codes, ...ct }) => {
    expect(codesOf(await score(ct))).toEqual(codes);
  });
});

describe("tube voltage", () => {
  const boxes = [square(300, [1, 1])];

  it("is flagged when it is not 120 kV or nobody says it, and the 1990 cut points stand", async () => {
    const low = await score({ tubeVoltageKv: 100, boxes });
    expect(low.quality).toContainEqual({
      code: "tube-voltage-not-120",
      severity: "warning",
      details: { tubeVoltageKv: 100 },
    });
    expect(outputValue(low, "agatston-score")).toBe(12);
    const unknown = await score({ tubeVoltageKv: null, boxes });
    expect(codesOf(unknown)).toEqual(["tube-voltage-unknown"]);
    expect(outputValue(unknown, "agatston-score")).toBe(12);
  });

  it("is overridden with its source only, and both stand in the result", async () => {
    await expect(score({ boxes }, { "tube-voltage": 80 })).rejects.toThrow(
      expect.objectContaining({ code: "override-without-source", field: "tube-voltage" }),
    );
    const result = await score({ boxes }, { "tube-voltage": 80, "tube-voltage-source": "scanner protocol" });
    expect(result.quality).toContainEqual({
      code: "tube-voltage-overridden",
      severity: "warning",
      details: { header: [120], used: 80 },
    });
    expect(result.recipe.parameters).toContainEqual({
      id: "tube-voltage",
      value: 80,
      unit: "kV",
      source: "override",
      overrideSource: "scanner protocol",
    });
  });

  it("chooses the published cut points when asked to", async () => {
    const grani = { "tube-voltage-thresholds": "grani-2018" };
    // 80 kVp: 177 / 271 / 408 / 544 HU; 300 HU has weight 2, 150 HU is no calcium.
    expect(outputValue(await score({ tubeVoltageKv: 80, boxes }, grani), "agatston-score")).toBe(8);
    const faint = await score({ tubeVoltageKv: 80, boxes: [square(150, [1, 1])] }, grani);
    expect(faint.candidates).toEqual([]);
    const overridden = { ...grani, "tube-voltage": 80, "tube-voltage-source": "scanner protocol" };
    expect(outputValue(await score({ boxes }, overridden), "agatston-score")).toBe(8);
  });

  it.each([90, 120, null])("says when no cut points are published for %s kV", async (tubeVoltageKv) => {
    const result = await score({ tubeVoltageKv, boxes }, { "tube-voltage-thresholds": "grani-2018" });
    // At 120 kV the 1990 definition is what Gräni 2018 refers to.
    expect(codesOf(result).includes("no-thresholds-for-tube-voltage")).toBe(tubeVoltageKv !== 120);
    expect(outputValue(result, "agatston-score")).toBe(12);
  });
});

describe("kernel", () => {
  it("is flagged when it is sharp", async () => {
    expect(codesOf(await score({ kernel: "FC12" }))).toEqual([]);
    const sharp = await score({ kernel: "B70f" });
    expect(sharp.quality).toContainEqual({ code: "sharp-kernel", severity: "warning", details: { kernels: ["B70f"] } });
  });

  // Names as in the headers of each vendor; soft ones are those calcium is scored with.
  it.each([
    ...["FC30", "FC52", "B50f", "B70f", "Br64d", "Qr59", "Ur77", "LUNG", "BONEPLUS", "BONE", "EDGE", "YC", "L"].map(
      (kernel) => [kernel, true] as const,
    ),
    ...["FC12", "FC01", "B35f", "Qr36d", "Sa36", "I30f\\3", "STANDARD", "SOFT", "XCA", "B", "", "PHANTOM"].map(
      (kernel) => [kernel, false] as const,
    ),
  ])("%s: %s", (kernel, isSharp) => {
    expect(isSharpKernel(kernel)).toBe(isSharp);
  });

  it("is read where Siemens adds the strength of the iteration", () => {
    expect(isSharpKernel("I70f\\3")).toBe(true);
  });
});

import { buildNifti, buildVolume, outputValue, receiveFiles, runStudy } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { proposeBloodPool } from "./propose-blood-pool.ts";
import { defaultProposalRules } from "./structures-of.ts";

const side = 100;

/** Discs of blood (200) in a wall (50) of 10 mm in lung (20), 1 mm pixels, one radius per slice, 8 mm apart. */
function ventricle(radiiMm: readonly number[]): Int16Array {
  const values = new Int16Array(side * side * radiiMm.length);
  for (const [k, radius] of radiiMm.entries()) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const [x, y] = [column - 50, row - 48];
        const square = x * x + y * y;
        const outer = radius + 10;
        const value = square <= radius * radius ? 200 : square <= outer * outer ? 50 : 20;
        values[(k * side + row) * side + column] = radius === 0 ? 20 : value;
      }
    }
  }
  return values;
}

const seedAt = (x: number, y: number, z: number) => ({
  ...{ role: "end-diastole", label: "lv-blood-pool" },
  pointLpsMm: [x, y, z] as const,
});

describe("a proposed blood pool", () => {
  const radii = [20, 22, 18, 12, 0];
  const volume = buildVolume({
    values: ventricle(radii),
    ...{ columns: side, rows: side, positionsMm: radii.map((_, k) => 8 * k) },
  });

  // A disc of radius r has π r² mm²; radii are looked for in steps of 1 mm, so that each may be 1 mm off.
  it("is the discs of a known ventricle to 1 mm, from wherever in it one clicks, and ends where it ends", () => {
    for (const [x, y] of [
      [50, 48],
      [55, 48],
      [46, 45],
    ] as const) {
      const { areaMm2 } = proposeBloodPool(volume, seedAt(x, y, 8), defaultProposalRules);
      for (const [k, radius] of radii.entries()) {
        const found = Math.sqrt(areaMm2[k] / Math.PI);
        expect(Math.abs(found - radius), `slice ${k}`).toBeLessThanOrEqual(1);
      }
    }
  });

  it.each([
    ["outside the images", seedAt(-5, 48, 8)],
    ["beyond the slices", seedAt(50, 48, 80)],
  ])("is refused for a click %s", (_, seed) => {
    expect(() => proposeBloodPool(volume, seed, defaultProposalRules)).toThrow(
      expect.objectContaining({ code: "proposal-failed", field: "end-diastole" }),
    );
  });

  it("is refused on images without signal", () => {
    const empty = buildVolume({ columns: side, rows: side, values: new Int16Array(3 * side * side) });
    expect(() => proposeBloodPool(empty, seedAt(50, 48, 1), defaultProposalRules)).toThrow(
      expect.objectContaining({ code: "proposal-failed" }),
    );
  });

  it("makes the result provisional, and says so", async () => {
    const file = (radiiMm: readonly number[]) =>
      buildNifti({ size: [side, side, radiiMm.length], pixdimMm: [1, 1, 8], values: ventricle(radiiMm) });
    const study = await receiveFiles([
      { name: "ed.nii", bytes: file(radii) },
      { name: "es.nii", bytes: file([14, 15, 12, 8, 0]) },
    ]);
    const series = study.received.flatMap((item) => ("header" in item ? [item.header.seriesInstanceUid] : []));
    // NIfTI says RAS: column 50, row 48 lie at −50, −48 in LPS.
    const regions = ["end-diastole", "end-systole"].map((role) => ({
      ...{ id: role, label: "lv-blood-pool", role },
      shape: { kind: "point", pointLpsMm: [-50, -48, 8] },
    }));
    const result = await runStudy(study, {
      protocol: "cardiac/lv-function",
      roleChoices: { "end-diastole": series[0] ?? "", "end-systole": series[1] ?? "" },
      marks: { schema: "etalon.marks/2", regions },
    });
    expect(result.provisional).toBe(true);
    expect(result.quality[0]).toMatchObject({
      code: "blood-pool-proposed",
      details: { phases: ["end-diastole", "end-systole"] },
    });
    // Σ π r² · 8 mm: 1 − (14² + 15² + 12² + 8²) / (20² + 22² + 18² + 12²) = 53.5 %.
    expect(Math.abs((outputValue(result, "lv-ejection-fraction") ?? 0) - 53.5)).toBeLessThan(3);
  });
});

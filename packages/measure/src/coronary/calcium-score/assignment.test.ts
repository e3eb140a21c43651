import { type ConstructedBox, type ConstructedCt, outputValue, scoreConstructedCt } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import type { Result } from "../../result.ts";

/** 10 × 8 × 3 voxels of 1 × 1 × 3 mm. */
const field = { columns: 10, rows: 8, slices: 3 } as const;

/** A region that holds the columns from `low` to `high` mm, whatever the row and slice. */
const band = (label: string, [low, high]: readonly [number, number], mode: "assign" | "clip" = "assign") => ({
  id: `r-${label}-${low}`,
  label,
  mode,
  shape: { kind: "box", minLpsMm: [low, -9, -9], maxLpsMm: [high, 99, 99] },
});

/** One lesion of 4 × 2 pixels, weight 1 in its first two columns (2 and 3), weight 4 in the others (4 and 5). */
const lesion: readonly ConstructedBox[] = [
  { columns: [2, 3], rows: [3, 4], slices: [1, 1], hu: 150 },
  { columns: [4, 5], rows: [3, 4], slices: [1, 1], hu: 450 },
];

const score = (regions: readonly unknown[] | undefined, ct: ConstructedCt = {}): Promise<Result> =>
  scoreConstructedCt({ ...field, boxes: lesion, ...ct }, regions === undefined ? {} : { regions });

describe("a region that assigns", () => {
  it("takes the whole slice-lesion whose centroid it holds", async () => {
    // The centroid lies at 3.5 mm; 8 mm² × weight 4.
    const result = await score([band("LM", [0, 3.6]), band("LAD", [3.7, 9])]);
    expect(outputValue(result, "agatston-score", { site: "LM" })).toBe(32);
    expect(outputValue(result, "agatston-score", { site: "LAD" })).toBe(0);
    expect(outputValue(result, "vessel-count")).toBe(1);
    expect(result.candidates).toMatchObject([{ status: "assigned", site: "LM", item: "L1" }]);
  });

  it("decides slice by slice: a lesion that runs from one artery into the other is an item of each", async () => {
    const boxes: ConstructedBox[] = [
      { columns: [2, 3], rows: [3, 4], slices: [0, 0], hu: 150 },
      { columns: [4, 5], rows: [3, 4], slices: [1, 1], hu: 450 },
    ];
    const result = await score([band("LM", [0, 3.6]), band("LAD", [3.7, 9])], { boxes });
    expect(outputValue(result, "agatston-score", { site: "LM", item: "L1" })).toBe(4);
    expect(outputValue(result, "agatston-score", { site: "LAD", item: "L2" })).toBe(16);
    expect(outputValue(result, "lesion-count")).toBe(2);
  });

  it("takes nothing outside the images and says so", async () => {
    const result = await score([band("RCA", [500, 600])]);
    expect(outputValue(result, "agatston-score")).toBe(0);
    expect(outputValue(result, "agatston-score", { site: "RCA" })).toBe(0);
    expect(result.quality).toContainEqual({
      code: "region-without-calcium",
      severity: "info",
      details: { region: "RCA" },
    });
    expect(result.candidates.map(({ status }) => status)).not.toContain("assigned");
  });

  it("takes any label; only the four arteries are vessels", async () => {
    const boxes: ConstructedBox[] = [0, 3, 6].map((column) => ({
      columns: [column, column + 1],
      rows: [3, 4],
      slices: [1, 1],
      hu: 150,
    }));
    const regions = [band("LCX", [0, 2]), band("aortic valve", [2.5, 5]), band("RCA", [5.5, 9])];
    const result = await score(regions, { boxes });
    expect(outputValue(result, "agatston-score", { site: "aortic valve" })).toBe(4);
    expect(outputValue(result, "agatston-score")).toBe(12);
    expect(outputValue(result, "vessel-count")).toBe(2);
  });

  it("sums regions of one label", async () => {
    const boxes: ConstructedBox[] = [1, 6].map((column) => ({
      columns: [column, column + 1],
      rows: [3, 4],
      slices: [1, 1],
      hu: 150,
    }));
    const result = await score([band("LAD", [0, 3]), band("LAD", [5, 9])], { boxes });
    expect(outputValue(result, "agatston-score", { site: "LAD" })).toBe(8);
    expect(result.outputs.filter(({ id, site, item }) => id === "agatston-score" && site && !item)).toHaveLength(1);
    expect(outputValue(result, "vessel-count")).toBe(1);
  });
});

describe("a region that clips", () => {
  it("splits one lesion at the border of LM and LAD: each has its own voxels, peaks and item", async () => {
    const result = await score([band("LM", [0, 3.4], "clip"), band("LAD", [3.6, 9], "clip")]);
    // 4 mm² × 1 and 4 mm² × 4.
    expect(outputValue(result, "agatston-score", { site: "LM", item: "L1" })).toBe(4);
    expect(outputValue(result, "agatston-score", { site: "LAD", item: "L2" })).toBe(16);
    expect(outputValue(result, "volume-score", { site: "LM" })).toBe(12);
    expect(outputValue(result, "volume-score", { site: "LAD" })).toBe(12);
    expect(outputValue(result, "lesion-count")).toBe(2);
    expect(outputValue(result, "vessel-count")).toBe(2);
  });

  it("leaves the rest of the lesion to the region that holds the rest's centroid", async () => {
    const result = await score([band("LAD", [3.6, 9], "clip"), band("LM", [0, 3.4])]);
    expect(outputValue(result, "agatston-score", { site: "LM" })).toBe(4);
    expect(outputValue(result, "agatston-score", { site: "LAD" })).toBe(16);
  });

  it("cuts a lesion from the bone it touches", async () => {
    // A sheet of 10 × 8 pixels in every slice, 720 mm³, called bone from 500 mm³ on.
    const bone: ConstructedBox = { columns: [0, 9], rows: [0, 7], slices: [0, 2], hu: 200 };
    const [first] = lesion;
    const region = {
      id: "r",
      label: "RCA",
      mode: "clip",
      shape: { kind: "box", minLpsMm: [1.9, 2.9, 2.9], maxLpsMm: [3.1, 4.1, 3.1] },
    };
    const result = await scoreConstructedCt(
      { ...field, boxes: [bone, first] },
      { regions: [region], overrides: { "bone-volume": 500 } },
    );
    expect(outputValue(result, "agatston-score")).toBe(4);
    expect(outputValue(result, "volume-score")).toBe(12);
    expect(result.candidates.map(({ status, reason, measures }) => [status, reason, measures.volumeMm3])).toEqual([
      ["excluded", "bone", 708],
      ["assigned", undefined, 12],
    ]);
  });

  it("does not cut where regions of one label meet", async () => {
    // Four brush strokes of one column each: still 8 mm² × weight 4 in one lesion.
    const strokes = [2, 3, 4, 5].map((column) => band("LAD", [column - 0.4, column + 0.4], "clip"));
    const result = await score(strokes);
    expect(outputValue(result, "agatston-score")).toBe(32);
    expect(outputValue(result, "lesion-count")).toBe(1);
  });
});

describe("regions together", () => {
  it("are refused where two hold the same voxel, naming both", async () => {
    const overlapping = score([band("LM", [0, 4]), band("LAD", [4, 9])]);
    await expect(overlapping).rejects.toThrow(
      expect.objectContaining({ code: "overlapping-regions", details: { first: "r-LM-0", second: "r-LAD-4" } }),
    );
  });

  it("may overlap between the voxels", async () => {
    const result = await score([band("LM", [0, 4.4]), band("LAD", [4.3, 9])]);
    expect(outputValue(result, "agatston-score", { site: "LM" })).toBe(32);
  });

  it("may be none: then nothing counts, and that is the reader's word", async () => {
    const result = await score([]);
    expect(result.provisional).toBe(false);
    expect(outputValue(result, "agatston-score")).toBe(0);
    expect(outputValue(result, "lesion-count")).toBe(0);
    expect(outputValue(result, "vessel-count")).toBe(0);
    expect(result.candidates).toHaveLength(1);
    expect(result.quality.map(({ code }) => code)).not.toContain("no-marks");
  });
});

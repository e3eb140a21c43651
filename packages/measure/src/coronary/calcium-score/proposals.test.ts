import { type ConstructedBox, type ConstructedCt, outputValue, scoreConstructedCt } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import type { Result } from "../../result.ts";

const everySlice = [0, 3] as const;
/** Chest of 288 × 207 mm in pixels of 0.9 mm: body, two lungs of 72 mm, a heart of 108 mm between them, a spine behind. */
const chest: readonly ConstructedBox[] = [
  { columns: [20, 339], rows: [20, 249], slices: everySlice, hu: 40 },
  { columns: [40, 119], rows: [40, 199], slices: everySlice, hu: -850 },
  { columns: [240, 319], rows: [40, 199], slices: everySlice, hu: -850 },
  { columns: [160, 199], rows: [210, 245], slices: everySlice, hu: 300 },
];

/** What lies in the chest, one box each, in scan order of their first voxel. */
const findings = {
  sternum: { columns: [178, 181], rows: [25, 27], slices: [0, 0], hu: 250 },
  table: { columns: [150, 209], rows: [256, 257], slices: everySlice, hu: 200 },
  speck: { columns: [150, 150], rows: [100, 100], slices: [1, 1], hu: 200 },
  plaque: { columns: [178, 181], rows: [100, 103], slices: [1, 2], hu: 450 },
  // Less than 15 mm in front of the spine: where the descending aorta lies.
  aorta: { columns: [200, 203], rows: [202, 205], slices: [2, 2], hu: 450 },
} as const satisfies Record<string, ConstructedBox>;

const study = (boxes: readonly ConstructedBox[], rest: ConstructedCt = {}): ConstructedCt => ({
  columns: 360,
  rows: 270,
  slices: 4,
  spacingMm: 0.9,
  backgroundHu: -1000,
  ...rest,
  boxes: [...chest, ...boxes],
});

const statuses = ({ candidates }: Result): unknown[] =>
  candidates.map(({ status, reason, measures }) => [
    reason ?? status,
    Math.round(Number(measures.volumeMm3) * 100) / 100,
  ]);

describe("without marks", () => {
  it("proposes what lies in the heart, and says of everything else why not", async () => {
    const result = await scoreConstructedCt(study(Object.values(findings)));
    // Volumes: pixels × 0.81 mm² × 3 mm, over the slices of each.
    expect(statuses(result)).toEqual([
      ["outside-heart", 29.16],
      ["bone", 13_996.8],
      ["table", 1166.4],
      ["too-small", 2.43],
      ["candidate", 77.76],
      ["outside-heart", 38.88],
    ]);
    expect(result.candidates.map(({ id }) => id)).toEqual(["c1", "c2", "c3", "c4", "c5", "c6"]);
  });

  it("counts the candidates, provisionally", async () => {
    const result = await scoreConstructedCt(study(Object.values(findings)));
    expect(result.provisional).toBe(true);
    expect(result.quality.map(({ code }) => code)).toContain("no-marks");
    // The plaque: 2 slices of 16 × 0.81 mm² × weight 4.
    expect(outputValue(result, "agatston-score")).toBeCloseTo(103.68, 9);
    expect(outputValue(result, "lesion-count")).toBe(1);
    expect(outputValue(result, "agatston-score", { item: "L1" })).toBeCloseTo(103.68, 9);
    expect(outputValue(result, "vessel-count")).toBeUndefined();
  });

  it("says where each is: the middle of its largest slice, patient LPS", async () => {
    const { candidates } = await scoreConstructedCt(study([findings.plaque]));
    const plaque = candidates.find(({ status }) => status === "candidate");
    // Columns 178 to 181, rows 100 to 103 of 0.9 mm; the first of its equal slices lies at 3 mm.
    const centroidLpsMm = [expect.closeTo(179.5 * 0.9, 9), expect.closeTo(101.5 * 0.9, 9), 3];
    expect(plaque?.measures).toMatchObject({ peakHu: 450, slices: 2, largestSlice: 1, centroidLpsMm });
  });

  it("finds the same in a body that lies on its belly or in a flipped image", async () => {
    const flip = (box: ConstructedBox): ConstructedBox => ({ ...box, rows: [269 - box.rows[1], 269 - box.rows[0]] });
    const boxes = [...chest, ...Object.values(findings)].map(flip);
    const flipped = { ...study([]), boxes };
    // Rows run from back to front: the same patient, the image upside down.
    const result = await scoreConstructedCt({ ...flipped, areRowsFromBack: true });
    expect(outputValue(result, "agatston-score")).toBeCloseTo(103.68, 9);
    expect(result.candidates.filter(({ reason }) => reason === "outside-heart")).toHaveLength(2);
  });

  it("says when no heart was found, and then proposes what it would otherwise leave out unseen", async () => {
    const result = await scoreConstructedCt({
      columns: 20,
      rows: 20,
      boxes: [{ columns: [5, 6], rows: [5, 6], slices: [0, 0], hu: 400 }],
    });
    expect(result.quality.map(({ code }) => code)).toContain("heart-not-located");
    // 4 pixels of 1 mm² × weight 4 × 3 mm / 3 mm.
    expect(outputValue(result, "agatston-score")).toBe(16);
    expect(statuses(result)).toEqual([["candidate", 12]]);
  });

  it("calls large parts bone from the volume asked for", async () => {
    const asked = { overrides: { "bone-volume": 50 } };
    const result = await scoreConstructedCt(study([findings.plaque]), asked);
    expect(statuses(result)).toEqual([
      ["bone", 13_996.8],
      ["bone", 77.76],
    ]);
  });
});

describe("with marks", () => {
  const plaqueMark = {
    id: "r1",
    label: "LAD",
    shape: { kind: "sphere", centerLpsMm: [179.5 * 0.9, 101.5 * 0.9, 4.5], radiusMm: 6 },
  };

  it("counts what they hold and leaves the others their proposals", async () => {
    const result = await scoreConstructedCt(study(Object.values(findings)), { regions: [plaqueMark] });
    expect(result.provisional).toBe(false);
    expect(outputValue(result, "agatston-score")).toBeCloseTo(103.68, 9);
    expect(result.candidates.map(({ status }) => status)).toEqual([
      "excluded",
      "excluded",
      "excluded",
      "excluded",
      "assigned",
      "excluded",
    ]);
  });

  it("counts what a reader takes outside the heart: proposals never overrule marks", async () => {
    const everything = {
      id: "r1",
      label: "other",
      shape: { kind: "box", minLpsMm: [170, 170, -9], maxLpsMm: [190, 190, 99] },
    };
    const result = await scoreConstructedCt(study(Object.values(findings)), { regions: [everything] });
    // The calcium of the aorta: 16 × 0.81 mm² × weight 4.
    expect(outputValue(result, "agatston-score", { site: "other" })).toBeCloseTo(51.84, 9);
  });
});

describe("contrast agent", () => {
  const enhanced = (hu: number): ConstructedBox => ({ columns: [130, 229], rows: [60, 180], slices: everySlice, hu });
  const override = { overrides: { "contrast-override": "test of a calibration" } };

  it("is refused when the header names it", async () => {
    await expect(scoreConstructedCt(study([], { contrastAgent: "IOPAMIDOL" }))).rejects.toThrow(
      expect.objectContaining({
        code: "contrast-enhanced",
        details: expect.objectContaining({ evidence: "header", reason: "ContrastBolusAgent = IOPAMIDOL" }),
      }),
    );
  });

  // Below and above the calcium threshold, and above 400 HU as in a bolus.
  it.each([110, 250, 450])("is refused when the blood is at %d HU and the header is silent", async (hu) => {
    await expect(scoreConstructedCt(study([enhanced(hu)]))).rejects.toThrow(
      expect.objectContaining({
        code: "contrast-enhanced",
        details: expect.objectContaining({ evidence: "blood-pool", medianHu: hu }),
      }),
    );
  });

  it("is not seen in unenhanced blood, nor in a large plaque, nor in bone", async () => {
    const result = await scoreConstructedCt(study([enhanced(60), findings.plaque, findings.sternum]));
    expect(result.quality.map(({ code }) => code)).not.toContain("contrast-overridden");
    expect(outputValue(result, "agatston-score")).toBeCloseTo(103.68, 9);
  });

  it.each([
    { ct: study([findings.plaque], { contrastAgent: "IOPAMIDOL" }) },
    { ct: study([enhanced(110), findings.plaque]) },
  ])("goes on with a reason, which stands in the result", async ({ ct }) => {
    const result = await scoreConstructedCt(ct, override);
    expect(result.quality).toContainEqual({
      code: "contrast-overridden",
      severity: "warning",
      details: { reason: "test of a calibration" },
    });
    expect(result.recipe.parameters).toContainEqual({
      id: "contrast-override",
      value: "test of a calibration",
      source: "override",
    });
    expect(outputValue(result, "agatston-score")).toBeCloseTo(103.68, 9);
  });

  it("does not go on without a reason", async () => {
    const ct = study([], { contrastAgent: "IOPAMIDOL" });
    await expect(scoreConstructedCt(ct, { overrides: { "contrast-override": "  " } })).rejects.toThrow(
      expect.objectContaining({ code: "missing-value", field: "contrast-override" }),
    );
  });
});

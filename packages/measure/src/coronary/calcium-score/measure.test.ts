import { type ConstructedBox, type ConstructedCt, outputValue, scoreConstructedCt } from "@etalon/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Result } from "../../result.ts";

/** 8 × 8 × 3 voxels of 1 × 1 × 3 mm: one pixel is 1 mm², one voxel 3 mm³, and the factor increment / 3 mm is 1. */
const field = { columns: 8, rows: 8, slices: 3 } as const;
const everywhere = { id: "all", label: "LAD", shape: { kind: "box", minLpsMm: [-9, -9, -9], maxLpsMm: [99, 99, 99] } };

/** A box of 2 × 2 pixels in one slice. */
const square = (hu: number, at: readonly [column: number, row: number, slice: number]): ConstructedBox => ({
  columns: [at[0], at[0] + 1],
  rows: [at[1], at[1] + 1],
  slices: [at[2], at[2]],
  hu,
});

const score = (ct: ConstructedCt, overrides: Record<string, string | number> = {}): Promise<Result> =>
  scoreConstructedCt({ ...field, ...ct }, { regions: [everywhere], overrides });

describe("one lesion", () => {
  it("scores area × weight × increment / 3 mm and measures area × increment", async () => {
    const result = await score({ boxes: [square(250, [2, 2, 1])] });
    // 4 mm² × weight 2 × 3 mm / 3 mm; 4 mm² × 3 mm.
    expect(outputValue(result, "agatston-score")).toBe(8);
    expect(outputValue(result, "volume-score")).toBe(12);
    expect(outputValue(result, "lesion-count")).toBe(1);
    expect(outputValue(result, "mean-density")).toBe(250);
    expect(outputValue(result, "density-factor")).toBe(2);
  });

  it.each([
    { incrementMm: 2, thicknessMm: 2, agatston: 8 * (2 / 3) },
    { incrementMm: 2.5, thicknessMm: 2.5, agatston: 8 * (2.5 / 3) },
    // Overlapping slices stand for their increment, not their thickness.
    { incrementMm: 1.25, thicknessMm: 2.5, agatston: 8 * (1.25 / 3) },
  ])("scales with the increment $incrementMm mm of slices of $thicknessMm mm", async (ct) => {
    const result = await score({ ...ct, boxes: [square(250, [2, 2, 1])] });
    expect(outputValue(result, "agatston-score")).toBeCloseTo(ct.agatston, 12);
    expect(outputValue(result, "volume-score")).toBe(4 * ct.incrementMm);
  });

  it("is not scaled when the increment is not to count", async () => {
    const ct = { incrementMm: 2.5, boxes: [square(250, [2, 2, 1])] };
    expect(outputValue(await score(ct, { "slice-normalisation": "none" }), "agatston-score")).toBe(8);
  });

  it("takes the peak of each slice, or of the whole lesion when asked", async () => {
    const boxes = [square(150, [2, 2, 0]), square(450, [2, 2, 1])];
    const perSlice = await score({ boxes });
    // 4 × 1 + 4 × 4 against 4 × 4 + 4 × 4.
    expect(outputValue(perSlice, "agatston-score")).toBe(20);
    expect(outputValue(perSlice, "lesion-count")).toBe(1);
    expect(outputValue(await score({ boxes }, { "peak-of": "whole-lesion" }), "agatston-score")).toBe(32);
  });

  it("begins at the threshold itself", async () => {
    expect(outputValue(await score({ boxes: [square(130, [2, 2, 1])] }), "agatston-score")).toBe(4);
    const below = await score({ boxes: [square(129, [2, 2, 1])] });
    expect(outputValue(below, "agatston-score")).toBe(0);
    expect(below.candidates).toEqual([]);
  });

  it("weighs its mass with a calibration factor, and has none without", async () => {
    const boxes = [square(250, [2, 2, 1])];
    const calibrated = await score(
      { boxes },
      { "mass-calibration-factor": 0.8, "mass-calibration-factor-source": "phantom of this scanner" },
    );
    // 0.8 mg/cm³/HU × 250 HU × 0.012 cm³.
    expect(outputValue(calibrated, "mass-score")).toBeCloseTo(2.4, 12);
    const plain = await score({ boxes });
    expect(plain.outputs.some(({ id }) => id === "mass-score")).toBe(false);
    expect(plain.quality.map(({ code }) => code)).toContain("mass-not-calibrated");
    await expect(score({ boxes }, { "mass-calibration-factor": 0.8 })).rejects.toThrow(
      expect.objectContaining({ code: "override-without-source", field: "mass-calibration-factor" }),
    );
  });

  it("has the mean density of its voxels and the weight of its densest", async () => {
    const half = (hu: number, row: number): ConstructedBox => ({ ...square(hu, [2, row, 1]), rows: [row, row] });
    const result = await score({ boxes: [half(200, 2), half(400, 3)] });
    expect(outputValue(result, "mean-density")).toBe(300);
    expect(outputValue(result, "density-factor")).toBe(4);
  });
});

describe("minimum area", () => {
  const row = (pixels: number): ConstructedBox => ({ columns: [1, pixels], rows: [2, 2], slices: [1, 1], hu: 150 });

  it("keeps a lesion of exactly 1 mm² and drops one just below", async () => {
    // Pixels of 0.5 mm: 4 of them are 1 mm², 3 are 0.75 mm².
    expect(outputValue(await score({ spacingMm: 0.5, boxes: [row(4)] }), "agatston-score")).toBe(1);
    const below = await score({ spacingMm: 0.5, boxes: [row(3)] });
    expect(outputValue(below, "agatston-score")).toBe(0);
    expect(outputValue(below, "volume-score")).toBe(0);
    expect(below.candidates).toMatchObject([{ status: "excluded", reason: "too-small", site: "LAD" }]);
  });

  it("is that of each slice: a lesion small in one slice counts in the others", async () => {
    const boxes = [row(4), { ...row(3), slices: [2, 2] as const }];
    const result = await score({ spacingMm: 0.5, boxes });
    expect(outputValue(result, "agatston-score")).toBe(1);
    expect(outputValue(result, "lesion-count")).toBe(1);
    expect(result.candidates).toMatchObject([{ measures: { slices: 2, volumeMm3: 7 * 0.75, countedVolumeMm3: 3 } }]);
  });

  it("can be counted in pixels instead", async () => {
    const inPixels = { "minimum-area": 0, "minimum-pixels": 4 };
    expect(outputValue(await score({ boxes: [row(3)] }, inPixels), "agatston-score")).toBe(0);
    expect(outputValue(await score({ boxes: [row(4)] }, inPixels), "agatston-score")).toBe(4);
  });
});

describe("what belongs together", () => {
  it("joins pixels at corners with 8 neighbours and not with 4", async () => {
    // Two pieces of 0.5 mm² each that touch at one corner: 1 mm² together, too small apart.
    const boxes: ConstructedBox[] = [
      { columns: [1, 2], rows: [2, 2], slices: [1, 1], hu: 150 },
      { columns: [3, 4], rows: [3, 3], slices: [1, 1], hu: 150 },
    ];
    expect(outputValue(await score({ spacingMm: 0.5, boxes }), "agatston-score")).toBe(1);
    expect(outputValue(await score({ spacingMm: 0.5, boxes }, { connectivity: "4" }), "agatston-score")).toBe(0);
  });

  it("counts lesions that touch nowhere one by one", async () => {
    const result = await score({ boxes: [square(150, [1, 1, 1]), square(450, [5, 5, 1])] });
    expect(outputValue(result, "lesion-count")).toBe(2);
    expect(outputValue(result, "agatston-score")).toBe(20);
    expect(outputValue(result, "agatston-score", { site: "LAD", item: "L1" })).toBe(4);
    expect(outputValue(result, "agatston-score", { site: "LAD", item: "L2" })).toBe(16);
  });

  it("joins slices by faces, edges and corners, and no further", async () => {
    const below = square(150, [1, 1, 0]);
    const byCorner = await score({ boxes: [below, square(450, [3, 3, 1])] });
    expect(outputValue(byCorner, "lesion-count")).toBe(1);
    expect(outputValue(byCorner, "agatston-score")).toBe(4 + 16);
    expect(outputValue(await score({ boxes: [below, square(450, [4, 3, 1])] }), "lesion-count")).toBe(2);
    expect(outputValue(await score({ boxes: [below, square(450, [1, 1, 2])] }), "lesion-count")).toBe(2);
  });

  it("is one lesion when two parts of a slice meet in the next, each with its own peak", async () => {
    const bridge: ConstructedBox = { columns: [1, 6], rows: [1, 2], slices: [1, 1], hu: 250 };
    const result = await score({ boxes: [square(150, [1, 1, 0]), square(450, [5, 1, 0]), bridge] });
    expect(outputValue(result, "lesion-count")).toBe(1);
    // 4 × 1 + 4 × 4 in the first slice, 12 × 2 in the second.
    expect(outputValue(result, "agatston-score")).toBe(44);
  });
});

describe("properties", () => {
  const [columns, rows, slices] = [6, 6, 3];
  const values = fc
    .array(fc.constantFrom(40, 40, 40, 129, 130, 250, 350, 450), {
      minLength: columns * rows * slices,
      maxLength: columns * rows * slices,
    })
    .map((hu) => Int16Array.from(hu));
  const half = (label: string, [low, high]: readonly [number, number], mode: "assign" | "clip" = "assign") => ({
    id: label,
    label,
    mode,
    shape: { kind: "box", minLpsMm: [low, -9, -9], maxLpsMm: [high, 99, 99] },
  });
  const run = (hu: Int16Array, regions: readonly unknown[], ct: ConstructedCt = {}): Promise<Result> =>
    scoreConstructedCt({ columns, rows, slices, values: hu, ...ct }, { regions });
  const sum = (result: Result, id: string, kind: "site" | "item"): number =>
    result.outputs
      .filter(
        (output) => output.id === id && (kind === "item" ? "item" in output : "site" in output && !("item" in output)),
      )
      .reduce((total, { value }) => total + value, 0);

  // Areas and increments are whole numbers here, so every sum is exact whatever its order.
  it("adds up: the total is the sum of the sites and the sum of the lesions", async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom("assign" as const, "clip" as const), async (hu, mode) => {
        const result = await run(hu, [half("LM", [-1, 2.4], mode), half("RCA", [2.4001, 9], mode)]);
        for (const id of ["agatston-score", "volume-score"]) {
          expect(sum(result, id, "site")).toBe(outputValue(result, id));
          expect(sum(result, id, "item")).toBe(outputValue(result, id));
        }
        expect(sum(result, "lesion-count", "site")).toBe(outputValue(result, "lesion-count"));
      }),
    );
  });

  it("does not depend on the order of the regions", async () => {
    const regions = [half("LM", [-1, 2.4], "clip"), half("RCA", [2.6, 9])];
    await fc.assert(
      fc.asyncProperty(values, async (hu) => {
        const [there, back] = [await run(hu, regions), await run(hu, regions.toReversed())];
        expect(back.candidates).toEqual(there.candidates);
        expect(outputValue(back, "agatston-score")).toBe(outputValue(there, "agatston-score"));
      }),
    );
  });

  it("does not depend on which way the body lies: slices, rows or columns mirrored", async () => {
    const mirrored = (hu: Int16Array, axis: 0 | 1 | 2): Int16Array =>
      hu.map((_, index) => {
        const [i, j, k] = [index % columns, Math.floor(index / columns) % rows, Math.floor(index / columns / rows)];
        const [x, y, z] = [
          axis === 0 ? columns - 1 - i : i,
          axis === 1 ? rows - 1 - j : j,
          axis === 2 ? slices - 1 - k : k,
        ];
        return hu[(z * rows + y) * columns + x];
      });
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(0 as const, 1 as const, 2 as const), async (hu, axis) => {
        const [there, back] = [await run(hu, [everywhere]), await run(mirrored(hu, axis), [everywhere])];
        for (const id of ["agatston-score", "volume-score", "lesion-count"]) {
          expect(outputValue(back, id)).toBe(outputValue(there, id));
        }
      }),
    );
  });

  it("grows with the area of a pixel: twice the side, four times the score and the volume", async () => {
    await fc.assert(
      fc.asyncProperty(values, async (hu) => {
        const [small, large] = [await run(hu, [everywhere]), await run(hu, [everywhere], { spacingMm: 2 })];
        for (const id of ["agatston-score", "volume-score"]) {
          expect(outputValue(large, id)).toBe(4 * (outputValue(small, id) ?? Number.NaN));
        }
      }),
    );
  });

  it("lists every bright voxel in one candidate", async () => {
    await fc.assert(
      fc.asyncProperty(values, async (hu) => {
        const { candidates } = await run(hu, [half("LM", [-1, 2.4], "clip")]);
        const listed = candidates.reduce((total, { measures }) => total + Number(measures.volumeMm3), 0);
        expect(listed).toBe(3 * hu.filter((value) => value >= 130).length);
      }),
    );
  });

  it("equals a flood fill slice by slice, written from the definition alone", async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(4 as const, 8 as const), async (hu, neighbours) => {
        const result = await scoreConstructedCt(
          { columns, rows, slices, values: hu },
          { regions: [everywhere], overrides: { connectivity: String(neighbours) } },
        );
        expect(outputValue(result, "agatston-score")).toBe(floodFillScore(hu, neighbours));
      }),
    );
  });

  /** Pixels of 1 mm² and slices 3 mm apart: Σ pixels × weight over the connected sets of each slice. */
  function floodFillScore(hu: Int16Array, neighbours: 4 | 8): number {
    const isSeen = new Set<number>();
    let total = 0;
    for (const start of hu.keys()) {
      if (hu[start] < 130 || isSeen.has(start)) continue;
      const component = [start];
      isSeen.add(start);
      for (const index of component) {
        for (const dy of [-1, 0, 1]) {
          for (const dx of [-1, 0, 1]) {
            const x = (index % columns) + dx;
            const y = (Math.floor(index / columns) % rows) + dy;
            const next = index + dy * columns + dx;
            const isFar = neighbours === 4 && dx !== 0 && dy !== 0;
            if (isFar || x < 0 || y < 0 || x >= columns || y >= rows || hu[next] < 130 || isSeen.has(next)) continue;
            isSeen.add(next);
            component.push(next);
          }
        }
      }
      const peak = Math.max(...component.map((index) => hu[index]));
      total += component.length * Math.min(4, Math.floor(Math.max(100, peak) / 100));
    }
    return total;
  }
});

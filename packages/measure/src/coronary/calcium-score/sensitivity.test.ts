import { type ConstructedBox, type ConstructedCt, outputValue, scoreConstructedCt } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import type { Result } from "../../result.ts";

const everywhere = { id: "all", label: "LAD", shape: { kind: "box", minLpsMm: [-9, -9, -9], maxLpsMm: [99, 99, 99] } };
const score = (ct: ConstructedCt, overrides: Record<string, string | number> = {}): Promise<Result> =>
  scoreConstructedCt({ columns: 12, rows: 12, slices: 3, ...ct }, { regions: [everywhere], overrides });

const rowOf = ({ sensitivity }: Result, parameter: string, choice: string): unknown =>
  sensitivity.find((row) => row.parameter === parameter && row.choice === choice);

const line = (pixels: number, hu: number, slice: number): ConstructedBox => ({
  columns: [1, pixels],
  rows: [2, 2],
  slices: [slice, slice],
  hu,
});

/** A row of the Agatston score: choice, its value, its category, whether that is another one. */
type Row = readonly [choice: string, value: number, category: string, changesCategory: boolean];
const row = (parameter: string, [choice, value, category, changesCategory]: Row) => ({
  parameter,
  choice,
  output: "agatston-score",
  value,
  category,
  changesCategory,
});

describe("the score over the published choices", () => {
  it("says what the minimum area does, also where it makes the difference to zero", async () => {
    // 3 pixels of 1 mm², weight 1: at least 1 mm² and 3 pixels, fewer than 4.
    const result = await score({ boxes: [line(3, 150, 1)] });
    expect(rowOf(result, "minimum-area", "1-mm2")).toEqual(row("minimum-area", ["1-mm2", 3, ">0-<100", false]));
    expect(rowOf(result, "minimum-area", "3-pixels")).toEqual(row("minimum-area", ["3-pixels", 3, ">0-<100", false]));
    expect(rowOf(result, "minimum-area", "4-pixels")).toEqual(row("minimum-area", ["4-pixels", 0, "0", true]));
  });

  it("compares 4 and 8 neighbours", async () => {
    // Two pieces of 2 pixels of 0.25 mm² touching at a corner: 1 mm² together.
    const boxes = [line(2, 150, 1), { ...line(2, 150, 1), columns: [3, 4] as const, rows: [3, 3] as const }];
    const result = await score({ spacingMm: 0.5, boxes });
    expect(rowOf(result, "connectivity", "8")).toEqual(row("connectivity", ["8", 1, ">0-<100", false]));
    expect(rowOf(result, "connectivity", "4")).toEqual(row("connectivity", ["4", 0, "0", true]));
  });

  it("compares the peak of the slice with that of the whole lesion, across a border of the categories", async () => {
    // 24 mm² × 1 + 18 mm² × 4 = 96 by slice; 42 × 4 = 168 by lesion.
    const boxes: ConstructedBox[] = [
      { columns: [1, 6], rows: [2, 5], slices: [0, 0], hu: 150 },
      { columns: [1, 6], rows: [2, 4], slices: [1, 1], hu: 450 },
    ];
    const result = await score({ boxes });
    expect(outputValue(result, "agatston-score")).toBe(96);
    expect(rowOf(result, "peak-of", "slice-lesion")).toEqual(row("peak-of", ["slice-lesion", 96, ">0-<100", false]));
    expect(rowOf(result, "peak-of", "whole-lesion")).toEqual(row("peak-of", ["whole-lesion", 168, ">=100-<400", true]));
    // The other way round when the whole lesion is what was used.
    const whole = await score({ boxes }, { "peak-of": "whole-lesion" });
    expect(rowOf(whole, "peak-of", "slice-lesion")).toEqual(row("peak-of", ["slice-lesion", 96, ">0-<100", true]));
  });

  it("takes the category of the unrounded score: 100 × 0.999 is below 100", async () => {
    const box: ConstructedBox = { columns: [1, 5], rows: [2, 6], slices: [1, 1], hu: 450 };
    // 25 mm² × 4 = 100 on 3 mm; 99.9 at an increment of 2.997 mm.
    const result = await score({ incrementMm: 2.997, thicknessMm: 3, boxes: [box] });
    expect(rowOf(result, "slice-normalisation", "increment")).toMatchObject({
      value: expect.closeTo(99.9, 9),
      category: ">0-<100",
    });
    expect(rowOf(result, "slice-normalisation", "none")).toEqual(
      row("slice-normalisation", ["none", 100, ">=100-<400", true]),
    );
  });

  it.each(["average-thin", "as-acquired"])(
    "compares thin slices averaged and as acquired, with %s in use",
    async (used) => {
      // (450 + 450 + 40) / 3 = 313.3 HU: 4 mm² × 3; as acquired two slices of 4 mm² × 4 × 1 mm / 3 mm.
      const box: ConstructedBox = { columns: [2, 3], rows: [2, 3], slices: [0, 1], hu: 450 };
      const result = await score({ incrementMm: 1, slices: 6, boxes: [box] }, { "thickness-handling": used });
      expect(rowOf(result, "thickness-handling", "average-thin")).toMatchObject({ value: 12 });
      expect(rowOf(result, "thickness-handling", "as-acquired")).toMatchObject({ value: expect.closeTo(32 / 3, 12) });
    },
  );

  it("has no such comparison where slices are not thin, or lie wider apart than a slab", async () => {
    const handling = ({ sensitivity }: Result) =>
      sensitivity.filter(({ parameter }) => parameter === "thickness-handling");
    expect(handling(await score({ boxes: [line(3, 150, 1)] }))).toEqual([]);
    const apart = await score({ thicknessMm: 1, incrementMm: 10 }, { "thickness-handling": "as-acquired" });
    expect(handling(apart)).toEqual([]);
  });

  it("holds the result itself once for every parameter", async () => {
    const result = await score({ boxes: [line(3, 150, 1), line(4, 450, 2)] });
    const total = outputValue(result, "agatston-score");
    for (const parameter of ["minimum-area", "connectivity", "peak-of", "slice-normalisation"]) {
      const rows = result.sensitivity.filter((each) => each.parameter === parameter);
      expect(rows.some(({ value, changesCategory }) => value === total && !changesCategory)).toBe(true);
    }
  });
});

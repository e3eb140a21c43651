import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annualGrowthPercent, changeOfRootVolume } from "./progression.ts";

describe("published values (reference 01_coronary_calcium.json)", () => {
  it("cac.hok.1: from 100 to 156.25 mm³ the root of the volume grows by 2.5", () => {
    expect(changeOfRootVolume({ earlierMm3: 100, laterMm3: 156.25 })).toBe(2.5);
  });

  it("cac.ann.1: from 100 to 150 in 4 years is 10.668 % a year", () => {
    // Half the last printed digit: ±0.0005; (1.5^(1/4) − 1) · 100.
    expect(Math.abs(annualGrowthPercent({ earlier: 100, later: 150, years: 4 }) - 10.668)).toBeLessThan(0.0005);
  });

  it("cac.ann.2: from 50 to 115 in 3 years is 32.0064 % a year", () => {
    const percent = annualGrowthPercent({ earlier: 50, later: 115, years: 3 });
    // ±0.01 as the reference states. Its own formula, (2.3^(1/3) − 1) · 100, gives 32.0006: 1.320006³ = 2.299999.
    expect(Math.abs(percent - 32.0064)).toBeLessThan(0.01);
    expect(Math.abs(percent - 32.0006)).toBeLessThan(0.00005);
  });
});

describe("properties", () => {
  const score = fc.double({ min: 0.1, max: 5000, noNaN: true });

  it("compounds: growing year by year at that rate gives the later score", () => {
    fc.assert(
      fc.property(score, score, fc.integer({ min: 1, max: 10 }), (earlier, later, years) => {
        const rate = annualGrowthPercent({ earlier, later, years }) / 100;
        let grown = earlier;
        for (let year = 0; year < years; year++) grown *= 1 + rate;
        expect(grown / later).toBeCloseTo(1, 9);
      }),
    );
  });

  it("is 0 for the same score or volume, and −100 % where all is gone", () => {
    fc.assert(
      fc.property(score, (same) => {
        expect(annualGrowthPercent({ earlier: same, later: same, years: 3 })).toBe(0);
        expect(annualGrowthPercent({ earlier: same, later: 0, years: 3 })).toBe(-100);
        expect(changeOfRootVolume({ earlierMm3: same, laterMm3: same })).toBe(0);
      }),
    );
  });

  it("changes its sign when the scans change places", () => {
    fc.assert(
      fc.property(score, score, (a, b) => {
        const there = changeOfRootVolume({ earlierMm3: a, laterMm3: b });
        expect(changeOfRootVolume({ earlierMm3: b, laterMm3: a })).toBeCloseTo(-there, 12);
      }),
    );
  });
});

describe("refusals", () => {
  it.each([
    { scores: { earlier: 0, later: 10, years: 1 }, code: "out-of-range", field: "earlier-score" },
    { scores: { earlier: -1, later: 10, years: 1 }, code: "out-of-range", field: "earlier-score" },
    { scores: { earlier: 1, later: -1, years: 1 }, code: "out-of-range", field: "later-score" },
    { scores: { earlier: 1, later: 10, years: 0 }, code: "out-of-range", field: "years" },
    { scores: { earlier: 1, later: Number.NaN, years: 1 }, code: "not-finite", field: "later-score" },
    { scores: { earlier: 1, later: 2, years: Number.POSITIVE_INFINITY }, code: "not-finite", field: "years" },
  ])("of $scores with $code on $field", ({ scores, code, field }) => {
    expect(() => annualGrowthPercent(scores)).toThrow(expect.objectContaining({ code, field }));
  });

  it("of volumes below zero or without a value", () => {
    expect(() => changeOfRootVolume({ earlierMm3: -1, laterMm3: 1 })).toThrow(
      expect.objectContaining({ code: "out-of-range", field: "earlier-volume" }),
    );
    expect(() => changeOfRootVolume({ earlierMm3: 1, laterMm3: Number.NaN })).toThrow(
      expect.objectContaining({ code: "not-finite", field: "later-volume" }),
    );
  });
});

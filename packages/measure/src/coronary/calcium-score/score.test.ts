import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calciumCategory } from "./categories.ts";
import { graniCutPointsHu } from "./cut-points.ts";
import { agatstonOf, calciumMassMg, densityWeight, type ScoreRules } from "./score.ts";

/** Agatston 1990: weight 1 from 130 HU, 2 from 200, 3 from 300, 4 from 400, on 3 mm slices. */
const rules = { cutPointsHu: [130, 200, 300, 400], normalise: true, referenceIncrementMm: 3 } as const;
const withoutNormalisation = { ...rules, normalise: false };

describe("published values (reference 01_coronary_calcium.json)", () => {
  it("cac.ag.1: 4 mm² peaking at 250 HU in a 3 mm slice scores 8", () => {
    expect(agatstonOf({ areaMm2: 4, peakHu: 250 }, 3, rules)).toBe(8);
  });

  it("cac.ag.3: 10 mm² peaking at 310 HU scores 30 raw, 25 at a 2.5 mm increment", () => {
    expect(agatstonOf({ areaMm2: 10, peakHu: 310 }, 2.5, withoutNormalisation)).toBe(30);
    expect(agatstonOf({ areaMm2: 10, peakHu: 310 }, 2.5, rules)).toBeCloseTo(25, 12);
  });

  it("cac.molloi.2: 16 voxels of 0.125 mm³ at 400 HU with 0.00075 mg/(mm³·HU) weigh 0.6 mg", () => {
    // The example's factor is per mm³; ours is per cm³, a thousand times larger.
    expect(calciumMassMg(400 * 16 * 0.125, 0.75)).toBeCloseTo(0.6, 12);
  });

  // MolloiLab's test: 4 × 3 pixels on 2 slices at 0.5 mm, weight 2 each: 12 × 0.25 mm² × 2 × 2 = 12, not normalised to the
  // increment. The 135 kVp row needs that package's own cut points; at 120 kVp 280 HU has weight 2 by the 1990 definition.
  it.each([
    { hu: 280, kv: 120 },
    { hu: 310, kv: 100 },
    { hu: 400, kv: 80 },
  ])("cac.molloi.3: constant $hu HU at $kv kVp scores 12", ({ hu, kv }) => {
    const cutPointsHu: ScoreRules["cutPointsHu"] = graniCutPointsHu(kv) ?? rules.cutPointsHu;
    const slice = agatstonOf({ areaMm2: 12 * 0.25, peakHu: hu }, 0.5, { ...withoutNormalisation, cutPointsHu });
    expect(slice + slice).toBe(12);
  });

  it("cac.molloi.3: constant 260 HU at 135 kVp scores 12 with the package's cut points", () => {
    // 119/183/274/364 HU: the package's extension of Gräni 2018, given here as parameters since no paper tables them.
    const cutPointsHu = [119, 183, 274, 364] as const;
    const slice = agatstonOf({ areaMm2: 12 * 0.25, peakHu: 260 }, 0.5, { ...withoutNormalisation, cutPointsHu });
    expect(slice + slice).toBe(12);
  });

  it("cac.lowkv.1: 300 HU at 80 kVp has weight 2 by Gräni 2018", () => {
    expect(densityWeight(300, graniCutPointsHu(80) ?? rules.cutPointsHu)).toBe(2);
  });

  // cac.cat.1, .3 and .4, guideline form; and the edges the categories are defined by.
  it.each([
    [0, "0"],
    [0.4, ">0-<100"],
    [10, ">0-<100"],
    [99.999, ">0-<100"],
    [100, ">=100-<400"],
    [399.999, ">=100-<400"],
    [400, ">=400-<1000"],
    [1000, ">=1000"],
  ])("puts %d in category %s", (score, category) => {
    expect(calciumCategory(score)).toBe(category);
  });
});

describe("density weight", () => {
  // Agatston 1990: 130–199, 200–299, 300–399, ≥ 400.
  it.each([
    [129.9, 0],
    [130, 1],
    [199, 1],
    [200, 2],
    [299, 2],
    [300, 3],
    [399, 3],
    [400, 4],
    [3000, 4],
  ])("of %d HU is %d", (peakHu, weight) => {
    expect(densityWeight(peakHu, rules.cutPointsHu)).toBe(weight);
  });
});

describe("properties", () => {
  const area = fc.double({ min: 1, max: 500, noNaN: true });
  const peak = fc.integer({ min: 130, max: 3000 });

  it("scales with the increment: half the increment, half the score", () => {
    fc.assert(
      fc.property(area, peak, fc.double({ min: 0.5, max: 5, noNaN: true }), (areaMm2, peakHu, increment) => {
        const whole = agatstonOf({ areaMm2, peakHu }, increment, rules);
        expect(agatstonOf({ areaMm2, peakHu }, increment / 2, rules)).toBeCloseTo(whole / 2, 9);
      }),
    );
  });

  it("never falls when the peak rises", () => {
    fc.assert(
      fc.property(area, peak, fc.nat(500), (areaMm2, peakHu, more) => {
        const low = agatstonOf({ areaMm2, peakHu }, 3, rules);
        expect(agatstonOf({ areaMm2, peakHu: peakHu + more }, 3, rules)).toBeGreaterThanOrEqual(low);
      }),
    );
  });
});

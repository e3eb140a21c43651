import { readFileSync } from "node:fs";
import { describeWithSharedData } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { mesaPercentileCurves } from "./mesa-percentile-curves.ts";
import { mesaDistribution, mesaLadder } from "./mesa-reference.ts";
import type { MesaEthnicity, MesaStratum } from "./mesa-stratum.ts";
import { percentileOfScore } from "./percentile-of-score.ts";

const strata: readonly MesaStratum[] = (["male", "female"] as const).flatMap((sex) =>
  (["white", "black", "hispanic", "chinese"] as const).map((ethnicity) => ({ sex, ethnicity })),
);
const ages = Array.from({ length: 40 }, (_, at) => 45 + at);
const rows = strata.flatMap((stratum) => ages.map((age) => mesaDistribution(stratum, age)));

describe("the table by year of age", () => {
  it("has a row of ten percentiles for each age and stratum, none below the one before", () => {
    expect(rows).toHaveLength(320);
    for (const { percentiles } of rows) {
      expect(percentiles).toHaveLength(mesaLadder.length);
      expect(percentiles).toEqual(percentiles.toSorted((a, b) => a - b));
    }
  });

  it("gives a score of 1 the share of people without calcium, to one point: the rounding of both", () => {
    const gaps = rows.map(({ nonZeroProbabilityPercent: share, percentiles }) => 100 - share - percentiles[0]);
    expect(Math.max(...gaps.map(Math.abs))).toBe(1);
  });

  it("reaches the 90th percentile at 4000 at every age, so every curve ends on the ladder", () => {
    expect(Math.min(...rows.map(({ percentiles }) => percentiles[percentiles.length - 1]))).toBe(90);
  });

  it.each([44.99, 85, Number.NaN])("refuses the age %s", (age) => {
    expect(() => mesaDistribution(strata[0], age)).toThrow(
      expect.objectContaining({ code: "out-of-range", field: "age" }),
    );
  });
});

describe("the percentile curves", () => {
  it("are those of the 25th, 50th, 75th and 90th percentile, at every age", () => {
    for (const stratum of strata) {
      const curves = mesaPercentileCurves(stratum);
      expect(curves.map(({ percentile }) => percentile)).toEqual([25, 50, 75, 90]);
      for (const { points } of curves) expect(points.map(([age]) => age)).toEqual(ages);
    }
  });

  it("invert the interpolation: their score has their percentile, and is 0 where as many have none", () => {
    for (const stratum of strata) {
      for (const { percentile, points } of mesaPercentileCurves(stratum)) {
        for (const [age, agatston] of points) {
          const distribution = mesaDistribution(stratum, age);
          if (agatston > 1) expect(percentileOfScore(distribution, agatston)).toBeCloseTo(percentile, 9);
          else if (agatston === 1) expect(distribution.percentiles[0]).toBeGreaterThanOrEqual(percentile);
          else expect(100 - distribution.nonZeroProbabilityPercent).toBeGreaterThanOrEqual(percentile);
        }
      }
    }
  });

  it("do not cross", () => {
    for (const stratum of strata) {
      const [p25, p50, p75, p90] = mesaPercentileCurves(stratum).map(({ points }) => points.map(([, score]) => score));
      for (const [at] of ages.entries()) {
        expect([p25[at], p50[at], p75[at], p90[at]]).toEqual(
          [p25[at], p50[at], p75[at], p90[at]].toSorted((a, b) => a - b),
        );
      }
    }
  });

  it("pass through what McClelland 2006, table 2, prints for White men of 55 to 64", () => {
    // 0, 28, 155 and 452 at the 25th, 50th, 75th and 90th percentile; mean of the two central ages, 59 and 60.
    const middle = mesaPercentileCurves({ sex: "male", ethnicity: "white" }).map(({ points }) => meanAt(points, 59));
    expect(middle[0]).toBe(0);
    for (const [at, printed] of [28, 155, 452].entries())
      expect(Math.abs(middle[at + 1] / printed - 1)).toBeLessThan(0.1);
  });
});

/** Mean of the scores at an age and the next: the middle of a bracket of ten years lies between its fifth and sixth. */
function meanAt(points: readonly (readonly [number, number])[], age: number): number {
  return (points[age - 45][1] + points[age - 44][1]) / 2;
}

const table2 = z.object({
  columns: z.tuple([z.literal("p25"), z.literal("p50"), z.literal("p75"), z.literal("p90"), z.literal("p95")]),
  rows: z.record(z.string(), z.record(z.string(), z.array(z.number()).length(5))),
});
const reference = z.object({ items: z.array(z.object({ id: z.string(), value: z.unknown() })) });

describeWithSharedData("McClelland 2006, table 2", "../reference/02_mesa_hoff_percentiles_risk.json", (path) => {
  const { items } = reference.parse(JSON.parse(readFileSync(path, "utf8")));
  const printed = table2.parse(items.find(({ id }) => id === "mesa.table2")?.value);
  const cells = strata.flatMap((stratum) =>
    Object.entries(printed.rows[`${stratum.sex}|${stratum.ethnicity satisfies MesaEthnicity}`]).flatMap(
      ([bracket, scores]) =>
        scores.map((score, at) => ({
          stratum,
          fifth: Number(bracket.slice(0, 2)) + 4,
          score,
          percentile: [25, 50, 75, 90, 95][at],
        })),
    ),
  );

  it("has 8 strata of 4 brackets and 5 percentiles", () => expect(cells).toHaveLength(160));

  it("agrees with the table by year of age within 1.93 percentile points in the middle of each bracket", () => {
    for (const { stratum, fifth, score, percentile } of cells) {
      const middle = [fifth, fifth + 1].map((age) => mesaDistribution(stratum, age));
      if (score === 0) {
        // A percentile is 0 where at least as many people have no calcium.
        const without = mean(middle.map(({ nonZeroProbabilityPercent }) => 100 - nonZeroProbabilityPercent));
        expect(without).toBeGreaterThanOrEqual(percentile - 1.93);
      } else {
        const found = mean(middle.map((distribution) => percentileOfScore(distribution, score)));
        expect(Math.abs(found - percentile)).toBeLessThanOrEqual(1.93);
      }
    }
  });

  it("lies on the curves, within 3 and 20 %", () => {
    for (const { stratum, fifth, score, percentile } of cells) {
      // 1.93 of the ten points that a step of the ladder, a factor of 2.5 to 3, is worth near the 90th percentile is 20 %.
      const curve = mesaPercentileCurves(stratum).find((each) => each.percentile === percentile);
      if (curve === undefined) continue;
      expect(Math.abs(meanAt(curve.points, fifth) - score)).toBeLessThanOrEqual(3 + 0.2 * score);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateRule } from "../../engine/evaluate-rule.ts";
import type { Verdict } from "../../engine/verdict.ts";
import type { FactId } from "../../facts/definitions.ts";
import type { FactValue } from "../../facts/facts.ts";
import { hoffPercentile } from "./pack.ts";

const [rule] = hoffPercentile.rules;
const ascending = Object.keys(rule.values["band"].codes ?? {});

function verdictOf(...given: readonly (readonly [FactId, FactValue])[]): Verdict {
  return evaluateRule(rule, new Map(given.map(([id, value]) => [id, { id, value, source: "test" }])));
}

function bandOf(age: number, sex: "male" | "female", agatston: number): string {
  return String(verdictOf(["age", age], ["sex", sex], ["agatston-score", agatston]).value?.["band"]);
}

describe("Hoff's band", () => {
  // Men of 50 to 54: 1, 15, 103, 332 (Hoff 2001).
  it.each([
    [0, "0"],
    [0.5, "<p25"],
    [1, "p25-p50"],
    [14.99, "p25-p50"],
    [15, "p50-p75"],
    [102, "p50-p75"],
    [103, "p75-p90"],
    [331, "p75-p90"],
    [332, ">p90"],
    [10_000, ">p90"],
  ])("of a score of %s in a man of 52 is %s", (agatston, band) => {
    expect(bandOf(52, "male", agatston)).toBe(band);
  });

  it("starts where the quantiles do: in young women half have no calcium, so any is in the upper half", () => {
    // Women below 40: 0, 0, 1, 3 (Hoff 2001).
    expect(bandOf(35, "female", 0)).toBe("0");
    expect(bandOf(35, "female", 0.5)).toBe("p50-p75");
    expect(bandOf(35, "female", 1)).toBe("p75-p90");
  });

  it.each([
    // The medians of men below 45 and of 45 to 49 are 1 and 3; the 75th percentiles below 40 and of 40 to 44 are 3 and 9.
    [39.99, 4, "p75-p90"],
    [40, 4, "p50-p75"],
    [44.99, 2, "p50-p75"],
    [45, 2, "p25-p50"],
  ])("of a man of %s goes by completed years: a score of %s is %s", (age, agatston, band) => {
    expect(bandOf(age, "male", agatston)).toBe(band);
  });

  it("never falls as the score rises, and has a text for every band", () => {
    const score = fc.double({ min: 0, max: 50_000, noNaN: true });
    const someone = fc.record({ age: fc.integer({ min: 30, max: 90 }), sex: fc.constantFrom("male", "female") });
    fc.assert(
      fc.property(someone, score, score, ({ age, sex }, one, other) => {
        const low = ascending.indexOf(bandOf(age, sex, Math.min(one, other)));
        return low >= 0 && low <= ascending.indexOf(bandOf(age, sex, Math.max(one, other)));
      }),
    );
  });

  it.each([
    [29.99, "does-not"],
    [30, "applies"],
    [90.99, "applies"],
    [91, "does-not"],
  ])("at %s years it %s", (age, outcome) => {
    expect(verdictOf(["age", age], ["sex", "male"], ["agatston-score", 1]).outcome).toBe(outcome);
  });

  it("is undetermined without age, sex and score, and names them", () => {
    expect(verdictOf()).toMatchObject({ outcome: "undetermined", missing: ["age", "sex", "agatston-score"] });
  });

  it("applies with diabetes and symptoms, and says what that limits; not with established disease", () => {
    const man = [
      ["age", 52],
      ["sex", "male"],
      ["agatston-score", 10],
    ] as const;
    const limited = verdictOf(
      ...man,
      ["diabetes", true],
      ["symptomatic", true],
      ["known-cardiovascular-disease", false],
    );
    expect(limited.outcome).toBe("applies");
    expect(limited.caveats.map(({ en }) => en.slice(0, 17))).toEqual(["The table is not ", "The people of the"]);
    expect(verdictOf(...man, ["known-cardiovascular-disease", true]).outcome).toBe("does-not");
  });
});

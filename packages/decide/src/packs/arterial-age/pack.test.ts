import { describe, expect, it } from "vitest";
import { evaluateRule } from "../../engine/evaluate-rule.ts";
import type { Verdict } from "../../engine/verdict.ts";
import type { FactId } from "../../facts/definitions.ts";
import type { FactValue } from "../../facts/facts.ts";
import { arterialAge } from "./pack.ts";

function verdictOf(...given: readonly (readonly [FactId, FactValue])[]): Verdict {
  return evaluateRule(arterialAge.rules[0], new Map(given.map(([id, value]) => [id, { id, value, source: "test" }])));
}

describe("the arterial age", () => {
  // 39.1 + 7.25 ln(score + 1); one decimal as in reference 02.
  it.each([
    [0, 39.1],
    [0.5, 42],
    [100, 72.6],
    [250, 79.2],
    [1000, 89.2],
  ])("of a score of %s is %s years", (agatston, years) => {
    expect(verdictOf(["agatston-score", agatston]).value?.["arterialAgeYears"]).toBeCloseTo(years, 1);
  });

  it("is said not to be verified, and comes without a confidence interval", () => {
    const verdict = verdictOf(["agatston-score", 100], ["diabetes", false]);
    expect(verdict.caveats.map(({ en }) => en)).toEqual(["Not verified against the primary source."]);
    expect(Object.keys(verdict.value ?? {})).toEqual(["arterialAgeYears"]);
  });

  it("is not for people with diabetes, and presumes that there is none", () => {
    expect(verdictOf(["agatston-score", 100], ["diabetes", true])).toMatchObject({ outcome: "does-not" });
    const presumed = verdictOf(["agatston-score", 100]);
    expect(presumed.outcome).toBe("applies");
    expect(presumed.caveats[0].en).toContain("presumed where nothing is said");
  });

  it("is undetermined without a score", () => {
    expect(verdictOf(["diabetes", false])).toMatchObject({ outcome: "undetermined", missing: ["agatston-score"] });
  });

  it.each([
    [44.99, true],
    [45, false],
    [84.99, false],
    [85, true],
  ])("at %s years it says that it was derived at other ages: %s", (age, isSaid) => {
    const said = verdictOf(["agatston-score", 100], ["age", age])
      .caveats.map(({ en }) => en)
      .join();
    expect(said.includes("45 to 84")).toBe(isSaid);
  });
});

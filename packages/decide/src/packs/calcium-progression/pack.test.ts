import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { calciumProgression } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([calciumProgression], `calcium-progression/${rule}`, given);
const volumes = (earlier: number, later: number): Given => ({ "earlier-volume-score": earlier, "volume-score": later });
const scores = (earlier: number, later: number, years: number): Given => ({
  "earlier-agatston-score": earlier,
  "agatston-score": later,
  "years-between-scans": years,
});

describe("published values (reference 01_coronary_calcium.json)", () => {
  it("cac.hok.1: from 100 to 156.25 mm³ the root of the volume grows by 2.5, which is progression", () => {
    expect(ask("hokanson", volumes(100, 156.25)).value).toEqual({ changeRootMm3: 2.5, progressed: true });
    expect(ask("hokanson", volumes(100, 156.24)).value?.["progressed"]).toBe(false);
  });

  it("cac.ann.1: from 100 to 150 in 4 years is 10.668 % a year", () => {
    // (1.5^(1/4) − 1) · 100; half the last printed digit.
    const { value } = ask("annual", scores(100, 150, 4));
    expect(Math.abs(Number(value?.["annualPercent"]) - 10.668)).toBeLessThan(0.0005);
    expect(value?.["progressed"]).toBe(false);
  });

  it("cac.ann.2: from 50 to 115 in 3 years is 32.0064 % a year", () => {
    const { value } = ask("annual", scores(50, 115, 3));
    // ±0.01 as the reference states. Its own formula, (2.3^(1/3) − 1) · 100, gives 32.0006: 1.320006³ = 2.299999.
    expect(Math.abs(Number(value?.["annualPercent"]) - 32.0064)).toBeLessThan(0.01);
    expect(Math.abs(Number(value?.["annualPercent"]) - 32.0006)).toBeLessThan(0.00005);
    expect(value?.["progressed"]).toBe(true);
  });
});

describe("the limits", () => {
  // 1.15² = 1.3225; exact growth of 15 % counts, whatever the last bits of the power say.
  it.each([
    [100, 115, 1, true],
    [100, 132.25, 2, true],
    [100, 114.99, 1, false],
    [200, 100, 1, false],
  ])("from %d to %d in %d years is clinically significant: %s", (...[earlier, later, years, progressed]) => {
    expect(ask("annual", scores(earlier, later, years)).value?.["progressed"]).toBe(progressed);
  });

  it.each([
    [0, 0, "mesa-new-calcium", false],
    [0, 0.5, "mesa-new-calcium", true],
    [0.5, 20.5, "mesa-units", true],
    [99.9, 119.9, "mesa-units", true],
    [99.9, 119.8, "mesa-units", false],
    [100, 120, "mesa-percent", true],
    [100, 119.9, "mesa-percent", false],
    [400, 480, "mesa-percent", true],
  ])("from %d to %d in two years: %s %s", (...[earlier, later, rule, progressed]) => {
    const given = scores(earlier, later, 2);
    expect(ask(rule, given).value?.["progressed"]).toBe(progressed);
    const others = ["mesa-new-calcium", "mesa-units", "mesa-percent"].filter((other) => other !== rule);
    for (const other of others) expect(ask(other, given).outcome).toBe("does-not");
  });
});

describe("properties", () => {
  const score = fc.double({ min: 0.1, max: 5000, noNaN: true });

  it("compounds: growing year by year at that rate gives the later score", () => {
    fc.assert(
      fc.property(score, score, fc.integer({ min: 1, max: 10 }), (earlier, later, years) => {
        const rate = Number(ask("annual", scores(earlier, later, years)).value?.["annualPercent"]) / 100;
        let grown = earlier;
        for (let year = 0; year < years; year++) grown *= 1 + rate;
        expect(grown / later).toBeCloseTo(1, 9);
      }),
    );
  });

  it("is 0 for the same score or volume, and −100 % where all is gone", () => {
    fc.assert(
      fc.property(score, (same) => {
        expect(ask("annual", scores(same, same, 3)).value?.["annualPercent"]).toBe(0);
        expect(ask("annual", scores(same, 0, 3)).value?.["annualPercent"]).toBe(-100);
        expect(ask("hokanson", volumes(same, same)).value?.["changeRootMm3"]).toBe(0);
      }),
    );
  });

  it("changes its sign when the scans change places", () => {
    fc.assert(
      fc.property(score, score, (a, b) => {
        const there = Number(ask("hokanson", volumes(a, b)).value?.["changeRootMm3"]);
        expect(ask("hokanson", volumes(b, a)).value?.["changeRootMm3"]).toBeCloseTo(-there, 12);
      }),
    );
  });
});

describe("what is missing or cannot be", () => {
  it("names the facts that are missing", () => {
    expect(ask("hokanson", { "volume-score": 10 })).toMatchObject({
      outcome: "undetermined",
      missing: ["earlier-volume-score"],
    });
    expect(ask("annual", { "earlier-agatston-score": 10 })).toMatchObject({
      outcome: "undetermined",
      missing: ["agatston-score", "years-between-scans"],
    });
  });

  it("has no percentage from nothing", () => {
    expect(ask("annual", scores(0, 10, 1)).outcome).toBe("does-not");
  });

  it("says that a statin raises the score, and that months are too short", () => {
    const said = (given: Given) => ask("annual", { ...scores(100, 150, 4), ...given }).caveats.map(({ en }) => en);
    expect(said({}).join()).not.toMatch(/Statins|year apart/);
    expect(said({ statin: true }).join()).toContain("Statins do not lower");
    expect(said({ "years-between-scans": 0.5 }).join()).toContain("Less than a year apart");
  });
});

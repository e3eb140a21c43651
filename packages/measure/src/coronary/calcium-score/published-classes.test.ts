import { describe, expect, it } from "vitest";
import { cacDrsCode } from "./cac-drs.ts";
import { calciumCategory } from "./categories.ts";
import { rumbergerCategory } from "./rumberger-category.ts";
import { shemeshScore } from "./shemesh-score.ts";

describe("published values (reference 01_coronary_calcium.json)", () => {
  // The reference names classes by whole scores: "1-10" is our ">0-10", "100-399" our ">=100-<400".
  it.each([
    { id: "cac.cat.1", score: 10, guideline: ">0-<100", rumberger: ">0-10" },
    { id: "cac.cat.3", score: 100, guideline: ">=100-<400", rumberger: ">10-100" },
    { id: "cac.cat.4", score: 400, guideline: ">=400-<1000", rumberger: ">100-400" },
  ])("$id: $score is $guideline by guideline and $rumberger by Rumberger", ({ score, guideline, rumberger }) => {
    expect(calciumCategory(score)).toBe(guideline);
    expect(rumbergerCategory(score)).toBe(rumberger);
  });

  it("cac.drs.1: a score of 250 in 3 arteries is A2/N3", () => {
    expect(cacDrsCode(250, 3)).toBe("A2/N3");
  });

  it("cac.shemesh.1: LM 1, LAD 3, LCX 1 and RCA 2 are 7, in the class 7-12", () => {
    expect(shemeshScore({ LM: 1, LAD: 3, LCX: 1, RCA: 2 })).toEqual({ total: 7, category: "7-12" });
  });
});

describe("classes have no holes between whole scores", () => {
  it.each([
    [0, "0"],
    [0.2, ">0-10"],
    [10.4, ">10-100"],
    [100.4, ">100-400"],
    [400.4, ">400"],
  ])("Rumberger: %d is %s", (score, category) => {
    expect(rumbergerCategory(score)).toBe(category);
  });

  it.each([
    [0, 0, "A0/N0"],
    [0.2, 1, "A1/N1"],
    [99.9, 2, "A1/N2"],
    [100, 2, "A2/N2"],
    [299.9, 4, "A2/N4"],
    [300, 4, "A3/N4"],
  ])("CAC-DRS: %d in %d arteries is %s", (score, vessels, code) => {
    expect(cacDrsCode(score, vessels)).toBe(code);
  });

  it.each([
    [0, "0"],
    [1, "1-3"],
    [3, "1-3"],
    [4, "4-6"],
    [6, "4-6"],
    [7, "7-12"],
    [12, "7-12"],
  ])("Shemesh: %d is in %s", (total, category) => {
    const grade = (already: number): number => Math.max(0, Math.min(3, total - already));
    expect(shemeshScore({ LM: grade(0), LAD: grade(3), LCX: grade(6), RCA: grade(9) })).toEqual({ total, category });
  });
});

describe("refusals", () => {
  it("of scores and arteries that cannot be", () => {
    const refused = (score: number, vessels: number, expected: object): void =>
      expect(() => cacDrsCode(score, vessels)).toThrow(expect.objectContaining(expected));
    refused(-1, 0, { code: "out-of-range", field: "agatston-score" });
    refused(Number.NaN, 0, { code: "not-finite", field: "agatston-score" });
    refused(10, 5, { code: "out-of-range", field: "vessel-count" });
    refused(10, 1.5, { code: "out-of-range", field: "vessel-count" });
  });

  it.each([-1, 4, 1.5, Number.NaN])("of the grade %d", (grade) => {
    expect(() => shemeshScore({ LM: 0, LAD: grade, LCX: 0, RCA: 0 })).toThrow(
      expect.objectContaining({ code: "out-of-range", field: "LAD" }),
    );
  });
});

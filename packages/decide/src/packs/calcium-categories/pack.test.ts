import { describe, expect, it } from "vitest";
import { askRule } from "../../engine/ask-rule.ts";
import { calciumCategories } from "./pack.ts";

const categoryOf = (rule: string, score: number) =>
  askRule([calciumCategories], `calcium-categories/${rule}`, { "agatston-score": score }).value?.["category"];
const codeOf = (score: number, vessels: number) =>
  askRule([calciumCategories], "calcium-categories/cac-drs", { "agatston-score": score, "vessel-count": vessels })
    .value?.["code"];

describe("published values (reference 01_coronary_calcium.json)", () => {
  it.each([
    { id: "cac.cat.1", score: 10, guideline: "1-99", rumberger: "1-10" },
    { id: "cac.cat.3", score: 100, guideline: "100-399", rumberger: "11-100" },
    { id: "cac.cat.4", score: 400, guideline: "400-999", rumberger: "101-400" },
  ])("$id: $score is $guideline by guideline and $rumberger by Rumberger", ({ score, guideline, rumberger }) => {
    expect(categoryOf("guideline", score)).toBe(guideline);
    expect(categoryOf("rumberger", score)).toBe(rumberger);
  });

  it("cac.drs.1: a score of 250 in 3 arteries is A2/N3", () => {
    expect(codeOf(250, 3)).toBe("A2/N3");
  });
});

// Guidelines: lower edges belong (categories.guideline). Rumberger: upper edges belong (categories.standard). SFC/SFD:
// <11, 11–100, ≥101 in whole numbers, so that 10.5 is below 11 and 100.5 below 101. CAC-DRS: 100 and 300 (cac_drs.A).
describe("edges on the unrounded score", () => {
  it.each([
    [0, "0", "0", "<11", "A0"],
    [0.4, "1-99", "1-10", "<11", "A1"],
    [10, "1-99", "1-10", "<11", "A1"],
    [10.5, "1-99", "11-100", "<11", "A1"],
    [11, "1-99", "11-100", "11-100", "A1"],
    [99.6, "1-99", "11-100", "11-100", "A1"],
    [100, "100-399", "11-100", "11-100", "A2"],
    [100.5, "100-399", "101-400", "11-100", "A2"],
    [101, "100-399", "101-400", ">=101", "A2"],
    [299.9, "100-399", "101-400", ">=101", "A2"],
    [300, "100-399", "101-400", ">=101", "A3"],
    [399.9, "100-399", "101-400", ">=101", "A3"],
    [400, "400-999", "101-400", ">=101", "A3"],
    [400.5, "400-999", ">400", ">=101", "A3"],
    [999.9, "400-999", ">400", ">=101", "A3"],
    [1000, ">=1000", ">400", ">=101", "A3"],
  ])("%d: guideline %s, Rumberger %s, SFC/SFD %s, CAC-DRS %s", (...[score, guideline, rumberger, sfcSfd, grade]) => {
    expect(categoryOf("guideline", score)).toBe(guideline);
    expect(categoryOf("rumberger", score)).toBe(rumberger);
    expect(categoryOf("sfc-sfd", score)).toBe(sfcSfd);
    expect(categoryOf("cac-drs-grade", score)).toBe(grade);
    const vessels = score === 0 ? 0 : 2;
    expect(codeOf(score, vessels)).toBe(`${grade}/N${vessels}`);
  });
});

it("names what a code is missing", () => {
  const verdict = askRule([calciumCategories], "calcium-categories/cac-drs", { "agatston-score": 100 });
  expect(verdict).toMatchObject({ outcome: "undetermined", missing: ["vessel-count"] });
});

it("gives the grade alone only as long as the arteries were not counted", () => {
  const counted = { "agatston-score": 100, "vessel-count": 1 };
  expect(askRule([calciumCategories], "calcium-categories/cac-drs-grade", counted).outcome).toBe("does-not");
});

import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { sfcSfd2021 } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([sfcSfd2021], `sfc-sfd-2021/${rule}`, given);

const person: Given = { age: 45, "diabetes-a-priori-risk": "high", "agatston-score": 5 };

describe("published examples (reference 04a)", () => {
  it("sfd.1: 45 years, a priori high, score 5: moderate, no screening", () => {
    expect(ask("under-50", person)).toMatchObject({
      outcome: "applies",
      value: { riskClass: "moderate", ischaemiaScreening: false },
    });
  });

  it("sfd.3: 45 years, a priori high, score 100: high, no screening, LDL 0.70 g/L", () => {
    expect(ask("under-50", { ...person, "agatston-score": 100 }).value).toEqual({
      riskClass: "high",
      ischaemiaScreening: false,
      ldlTargetGPerL: 0.7,
    });
  });
});

describe("below 50 years", () => {
  // Reference 04a sfc_sfd.2020.age_lt_50, whole numbers in print, read on the unrounded score.
  it.each([
    [0, "moderate", false, 1],
    [10.9, "moderate", false, 1],
    [11, "high", false, 0.7],
    [100.9, "high", false, 0.7],
    [101, "very-high", true, 0.55],
  ])("a score of %d is %s", (...[score, riskClass, ischaemiaScreening, ldlTargetGPerL]) => {
    expect(ask("under-50", { ...person, "agatston-score": score }).value).toEqual({
      riskClass,
      ischaemiaScreening,
      ldlTargetGPerL,
    });
  });

  it.each([
    ["symptomatic", true],
    ["known-cardiovascular-disease", true],
    ["familial-hypercholesterolaemia", true],
    ["ldl-cholesterol", 1.9],
    ["diabetes-a-priori-risk", "moderate"],
    ["diabetes-a-priori-risk", "very-high"],
    ["age", 34.9],
    ["age", 50],
  ] as const)("does not apply with %s %s", (fact, value) => {
    expect(ask("under-50", { ...person, [fact]: value }).outcome).toBe("does-not");
  });

  it("names what is missing", () => {
    expect(ask("under-50", { age: 45, diabetes: true })).toMatchObject({
      outcome: "undetermined",
      missing: ["diabetes-a-priori-risk", "agatston-score"],
    });
    expect(ask("under-50", {}).missing).toEqual(["diabetes", "diabetes-a-priori-risk", "age", "agatston-score"]);
    expect(ask("under-50", { diabetes: false }).outcome).toBe("does-not");
  });

  it("says that the LDL target is recalled, and that five times is not supported", () => {
    expect(
      ask("under-50", person)
        .caveats.map(({ en }) => en)
        .join(),
    ).toContain("LDL target is not verified");
    const [, under50] = sfcSfd2021.rules;
    expect(under50?.note?.en).toContain("no source was found");
  });
});

describe("from 50 years on", () => {
  it.each([50, 60, 75.9])("at %d no cut-off is confirmed: no class by the score", (age) => {
    const verdict = ask("from-50", { ...person, age, "agatston-score": 500 });
    expect(verdict).toMatchObject({ outcome: "applies", value: { cutOffs: "not-confirmed" } });
    expect(verdict.caveats.map(({ en }) => en)).toContain("Not verified against the primary source.");
    expect(ask("under-50", { ...person, age, "agatston-score": 500 }).outcome).toBe("does-not");
  });

  it("ends at 75 years", () => {
    expect(ask("from-50", { ...person, age: 76 }).outcome).toBe("does-not");
  });
});

describe("before the score", () => {
  it.each([
    ["moderate", false, false, 1],
    ["high", true, false, 0.7],
    ["very-high", false, true, 0.55],
  ])("a priori %s: score %s, screening %s", (...[riskClass, scoreCalcium, ischaemiaScreening, ldlTargetGPerL]) => {
    expect(ask("a-priori", { age: 60, diabetes: true, "diabetes-a-priori-risk": riskClass }).value).toEqual({
      riskClass,
      scoreCalcium,
      ischaemiaScreening,
      ldlTargetGPerL,
    });
  });

  it("asks for the class, and is not for people without diabetes", () => {
    expect(ask("a-priori", { age: 60, diabetes: true })).toMatchObject({ missing: ["diabetes-a-priori-risk"] });
    expect(ask("a-priori", { age: 60, diabetes: false }).outcome).toBe("does-not");
  });
});

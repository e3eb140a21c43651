import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { evaluatePacks } from "../../engine/evaluate-packs.ts";
import type { Facts } from "../../facts/facts.ts";
import { readFact } from "../../facts/parse-facts.ts";
import { sfcSfd2021 } from "../sfc-sfd-2021/pack.ts";
import { ldlLadder } from "./pack.ts";

const packs = [sfcSfd2021, ldlLadder];
const ask = (rule: string, given: Given) => askRule(packs, `ldl-ladder/${rule}`, given);

/** The target that counts in the end: of the class, or of the class once the score is known. */
function targetOf(given: Given): number | undefined {
  const applying = ["target", "target-by-calcium"]
    .map((rule) => ask(rule, given))
    .filter(({ outcome }) => outcome === "applies");
  expect(applying.length).toBeLessThan(2);
  const target = applying[0]?.value?.["ldlTargetGPerL"];
  return target === undefined ? undefined : Number(target);
}

describe("published values", () => {
  it("ldl.1 (reference 03): high risk is 0.70 g/L and 1.8 mmol/L", () => {
    expect(ask("target", { "risk-class": "high" })).toMatchObject({
      outcome: "applies",
      value: { ldlTargetGPerL: 0.7, ldlTargetMmolPerL: 1.8, reductionPercent: 50 },
    });
  });

  // Reference 03 esc2019.ldl_targets.
  it.each([
    ["low", { ldlTargetGPerL: 1.16, ldlTargetMmolPerL: 3 }],
    ["moderate", { ldlTargetGPerL: 1, ldlTargetMmolPerL: 2.6 }],
    ["very-high", { ldlTargetGPerL: 0.55, ldlTargetMmolPerL: 1.4, reductionPercent: 50 }],
  ])("%s", (riskClass, value) => {
    expect(ask("target", { "risk-class": riskClass }).value).toEqual(value);
  });

  it("prints g/L and mmol/L that are the same concentration, to the printed digit", () => {
    for (const riskClass of ["low", "moderate", "high", "very-high"]) {
      const { ldlTargetGPerL, ldlTargetMmolPerL } = ask("target", { "risk-class": riskClass }).value ?? {};
      // 1 mmol/L is 0.3867 g/L (386.65 g/mol); half of the last printed digit of each.
      expect(Math.abs(Number(ldlTargetMmolPerL) * 0.3867 - Number(ldlTargetGPerL))).toBeLessThan(0.05 * 0.3867 + 0.005);
    }
  });
});

describe("the class, where none is given", () => {
  it.each([
    [{ "known-cardiovascular-disease": true }, 0.55],
    [{ "familial-hypercholesterolaemia": true }, 0.7],
    [{ "ldl-cholesterol": 1.9 }, 0.7],
    [{ "ldl-cholesterol": 1.899 }, undefined],
    [{ "carotid-plaque": true }, 0.7],
    [{ "score2-risk": 1.99 }, 1.16],
    [{ "score2-risk": 2 }, 1],
    [{ "score2-risk": 9.99 }, 1],
    [{ "score2-risk": 10 }, 0.7],
    [{ "score2-risk": 19.99 }, 0.7],
    [{ "score2-risk": 20 }, 0.55],
    [{ "score2-risk": 1, "carotid-plaque": true }, 0.7],
    [{ "score2-risk": 25, "carotid-plaque": true }, 0.55],
    [{ "known-cardiovascular-disease": true, "score2-risk": 1 }, 0.55],
    [{ age: 60, "diabetes-a-priori-risk": "moderate" }, 1],
    [{ "score2-category": "high" }, undefined],
    [{ "agatston-score": 100 }, undefined],
    [{ "agatston-score": 100.01 }, 0.7],
    [{}, undefined],
  ] as const)("%j leads to %s g/L", (given, expected) => {
    expect(targetOf(given)).toBe(expected);
  });

  it("is named as missing where nothing leads to it", () => {
    expect(ask("target", { "ldl-cholesterol": 1.2 })).toMatchObject({
      outcome: "undetermined",
      missing: ["risk-class"],
    });
  });

  it("says what is presumed of a class by SCORE2", () => {
    const said = (given: Given) => ask("class-by-score2", { "score2-risk": 5, ...given }).caveats.map(({ en }) => en);
    expect(said({}).join()).toContain("carotid plaque");
    expect(said({ egfr: 59 }).join()).toContain("Kidney disease alone");
    expect(ask("class-by-score2", { "score2-risk": 5, "carotid-plaque": true }).outcome).toBe("does-not");
  });

  it("is derived with the rule as its source, and a given class wins", () => {
    const facts = (...given: readonly Parameters<typeof readFact>[0][]): Facts =>
      new Map(given.map(readFact).map((fact) => [fact.id, fact]));
    const plaque = { id: "carotid-plaque", value: true };
    expect(evaluatePacks(packs, facts(plaque)).facts.get("risk-class")).toEqual({
      id: "risk-class",
      value: "high",
      source: "rule ldl-ladder/class-by-carotid-plaque",
    });
    const given = evaluatePacks(packs, facts(plaque, { id: "risk-class", value: "low" })).facts.get("risk-class");
    expect(given?.value).toBe("low");
  });
});

describe("the class once the score is known", () => {
  it.each([
    ["low", 100, 1.16],
    ["low", 100.01, 0.7],
    ["moderate", 99.9, 1],
    ["moderate", 400, 0.7],
    ["high", 400, 0.7],
    ["very-high", 1000, 0.55],
    ["very-high", 0, 0.55],
    ["high", 0, 0.7],
  ] as const)("%s with a score of %d: %d g/L", (riskClass, score, expected) => {
    expect(targetOf({ "risk-class": riskClass, "agatston-score": score })).toBe(expected);
  });

  it("moves nobody with symptoms or disease", () => {
    const given: Given = { "risk-class": "moderate", "agatston-score": 400 };
    expect(targetOf({ ...given, symptomatic: true })).toBe(1);
    const disease: Given = { ...given, "known-cardiovascular-disease": true };
    expect(ask("calcium-above-100", disease).outcome).toBe("does-not");
    expect(ask("target", disease).caveats.map(({ en }) => en)).toContain(
      "Established cardiovascular disease is very high risk: the class that was given is lower.",
    );
  });

  it("follows SFC/SFD below 50 years in both directions", () => {
    const diabetic: Given = { age: 45, "diabetes-a-priori-risk": "high" };
    expect(targetOf(diabetic)).toBe(0.7);
    expect(targetOf({ ...diabetic, "agatston-score": 5 })).toBe(1);
    expect(targetOf({ ...diabetic, "agatston-score": 100.5 })).toBe(0.7);
    expect(targetOf({ ...diabetic, "agatston-score": 101 })).toBe(0.55);
    expect(targetOf({ ...diabetic, age: 55, "agatston-score": 5 })).toBe(0.7);
    // No score lowers the risk of marked hypercholesterolaemia.
    expect(targetOf({ ...diabetic, "agatston-score": 5, "ldl-cholesterol": 2 })).toBe(0.7);
    expect(targetOf({ ...diabetic, "agatston-score": 5, "risk-class": "very-high" })).toBe(0.55);
  });
});

describe("the distance to the target", () => {
  it.each([
    ["high", 0.69, true, 0],
    ["high", 0.7, false, 0],
    ["high", 1.2, false, 0.5],
    ["very-high", 1.2, false, 0.65],
  ] as const)("%s at %d g/L", (...[riskClass, ldl, atTarget, excess]) => {
    const { value } = ask("distance", { "risk-class": riskClass, "ldl-cholesterol": ldl });
    expect(value?.["atTarget"]).toBe(atTarget);
    expect(value?.["excessGPerL"]).toBeCloseTo(excess, 12);
  });

  it("says that the fall by half is not known, at high risk only", () => {
    const said = (riskClass: string) =>
      ask("distance", { "risk-class": riskClass, "ldl-cholesterol": 1 })
        .caveats.map(({ en }) => en)
        .join();
    expect(said("high")).toContain("at least half");
    expect(said("moderate")).not.toContain("at least half");
  });

  it("reads an agreed target, and asks for one where there is none", () => {
    const agreed = ask("distance", { "ldl-cholesterol": 0.5, "ldl-target": 0.4, "risk-class": "very-high" });
    expect(agreed.value?.["excessGPerL"]).toBeCloseTo(0.1, 12);
    expect(ask("distance", { "ldl-cholesterol": 1.2 })).toMatchObject({ missing: ["ldl-target"] });
    expect(ask("distance", { "risk-class": "low" })).toMatchObject({
      outcome: "undetermined",
      missing: ["ldl-cholesterol"],
    });
  });
});

it("says above 75 years, unless there is disease, how little is recommended there", () => {
  const said = (given: Given) =>
    ask("target", { "risk-class": "very-high", ...given })
      .caveats.map(({ en }) => en)
      .join();
  expect(said({ age: 76 })).toContain("Above 75 years");
  expect(said({ age: 75.9 })).not.toContain("Above 75 years");
  expect(said({ age: 76, "known-cardiovascular-disease": true })).not.toContain("Above 75 years");
});

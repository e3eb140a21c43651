import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { calciumRepeat } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([calciumRepeat], `calcium-repeat/${rule}`, given);

const zero: Given = { "agatston-score": 0, diabetes: false, "risk-class": "low" };

describe("after a score of 0", () => {
  it("not before five years (seed 001, Min 2010), marked as not verified", () => {
    const verdict = ask("zero", zero);
    expect(verdict).toMatchObject({ outcome: "applies", value: { notBeforeYears: 5 } });
    expect(verdict.caveats.map(({ en }) => en)).toEqual(["Not verified against the primary source."]);
  });

  it("says what it presumes where diabetes and risk are not known", () => {
    const said = ask("zero", { "agatston-score": 0 }).caveats.map(({ en }) => en);
    expect(said.join()).toMatch(/without diabetes.*not at high risk/);
  });

  it.each([[{ diabetes: true }], [{ "risk-class": "high" }], [{ "risk-class": "very-high" }]] as const)(
    "sooner with %j: three years",
    (sooner) => {
      expect(ask("zero", { ...zero, ...sooner }).outcome).toBe("does-not");
      expect(ask("zero-diabetes-or-high-risk", { ...zero, ...sooner }).value).toEqual({ notBeforeYears: 3 });
    },
  );

  it("asks for diabetes and risk before it says sooner", () => {
    expect(ask("zero-diabetes-or-high-risk", zero).outcome).toBe("does-not");
    expect(ask("zero-diabetes-or-high-risk", { "agatston-score": 0 })).toMatchObject({
      outcome: "undetermined",
      missing: ["diabetes", "risk-class"],
    });
  });

  // Reference 01 rescan.by_risk_abstract.
  it.each([
    ["male", "low", 6],
    ["male", "moderate", 5],
    ["male", "high", 3],
    ["male", "very-high", 3],
    ["female", "low", 7],
    ["female", "moderate", 5],
    ["female", "high", 4],
  ])("%s at %s risk: %d years", (sex, riskClass, notBeforeYears) => {
    expect(ask("zero-by-sex-and-risk", { ...zero, sex, "risk-class": riskClass }).value).toEqual({ notBeforeYears });
  });

  it.each([
    [4.99, "does-not"],
    [5, "applies"],
    [19.99, "applies"],
    [20, "does-not"],
  ])("ACC/AHA at %d %%: %s", (risk, outcome) => {
    const verdict = ask("zero-acc-aha", { ...zero, "ten-year-ascvd-risk": risk });
    expect(verdict.outcome).toBe(outcome);
    if (outcome === "applies") expect(verdict.value).toEqual({ notBeforeYears: 5, reassessByYears: 10 });
  });
});

describe("which rule speaks, on the unrounded score", () => {
  it.each([
    [0, ["zero"]],
    [0.1, ["1-99"]],
    [99.99, ["1-99"]],
    [100, ["100"]],
    [1000, ["100"]],
  ])("%d: %j", (score, speaking) => {
    const applying = ["zero", "1-99", "100"].filter(
      (rule) => ask(rule, { ...zero, "agatston-score": score }).outcome === "applies",
    );
    expect(applying).toEqual(speaking);
  });

  it("gives three to five years below 100, and in general none from it on", () => {
    expect(ask("1-99", { "agatston-score": 50 }).value).toEqual({ notBeforeYears: 3, reassessByYears: 5 });
    expect(ask("100", { "agatston-score": 500 }).value).toEqual({ repetition: "generally-not", notBeforeYears: 3 });
  });

  it("needs the score", () => {
    for (const { id } of calciumRepeat.rules) {
      const verdict = askRule([calciumRepeat], id, {});
      expect(verdict.outcome).toBe("undetermined");
      expect(verdict.missing).toContain("agatston-score");
    }
  });
});

import { describe, expect, it } from "vitest";
import { catalog } from "../../catalog.ts";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { calciumIndications } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([calciumIndications], `calcium-indications/${rule}`, given);

/** For each indication a person to whom it applies, with the facts that must be known. */
const indicated: Readonly<Record<string, Given>> = {
  "moderate-risk": { symptomatic: false, "risk-class": "moderate" },
  "intermediate-risk": { symptomatic: false, "ten-year-ascvd-risk": 10 },
  "family-history": { symptomatic: false, "premature-family-history": true, "risk-class": "low" },
  "statin-intolerance": { symptomatic: false, "statin-intolerance": true },
  diabetes: { symptomatic: false, diabetes: true, age: 60, "diabetes-a-priori-risk": "high" },
};

const without = (given: Given, fact: string): Given =>
  Object.fromEntries(Object.entries(given).filter(([id]) => id !== fact));

describe.each(Object.entries(indicated))("%s", (rule, given) => {
  it("is an indication", () => {
    expect(ask(rule, given)).toMatchObject({ outcome: "applies", value: { indication: "score-calcium" } });
  });

  it.each(Object.keys(given).filter((fact) => fact !== "diabetes"))("is undetermined without %s", (fact) => {
    const verdict = ask(rule, without(given, fact));
    expect(verdict.outcome).toBe("undetermined");
    expect(verdict.missing).toContain(fact);
  });

  it.each([
    ["symptomatic", true],
    ["known-cardiovascular-disease", true],
    ["risk-class", "very-high"],
    ["score2-category", "very-high"],
    ["ten-year-ascvd-risk", 20],
  ] as const)("is none where the guard holds: %s %s", (fact, value) => {
    const guarded = { ...given, [fact]: value };
    expect(ask(rule, guarded).outcome).toBe("does-not");
    expect(ask("do-not-score", guarded)).toMatchObject({ outcome: "applies", value: { indication: "do-not-score" } });
  });
});

describe("the guard", () => {
  it("holds at high risk, but not for a person with diabetes whom SFC/SFD scores", () => {
    expect(ask("do-not-score", { "risk-class": "high" }).outcome).toBe("applies");
    const diabetic: Given = { ...indicated["diabetes"], "known-cardiovascular-disease": false, "risk-class": "high" };
    expect(ask("do-not-score", diabetic).outcome).toBe("does-not");
    expect(ask("diabetes", diabetic).outcome).toBe("applies");
    expect(ask("do-not-score", { ...diabetic, "diabetes-a-priori-risk": "very-high" }).outcome).toBe("applies");
  });

  it("asks for symptoms and disease before it says no", () => {
    expect(ask("do-not-score", {})).toMatchObject({
      outcome: "undetermined",
      missing: ["symptomatic", "known-cardiovascular-disease"],
    });
    expect(ask("do-not-score", { symptomatic: false, "known-cardiovascular-disease": false }).outcome).toBe("does-not");
  });

  it("does not count the category that ESC 2021 calls high", () => {
    const given: Given = { symptomatic: false, "known-cardiovascular-disease": false, "score2-category": "high" };
    expect(ask("do-not-score", given).outcome).toBe("does-not");
  });
});

describe("edges", () => {
  // ACC/AHA 2019, section 2.2: borderline 5 to <7.5 %, intermediate 7.5 to <20 %.
  it.each([
    [4.99, "does-not"],
    [5, "applies"],
    [19.99, "applies"],
    [20, "does-not"],
  ])("a 10-year risk of %d %%: %s", (risk, outcome) => {
    expect(ask("intermediate-risk", { symptomatic: false, "ten-year-ascvd-risk": risk }).outcome).toBe(outcome);
  });

  it("says that borderline risk is for selected people", () => {
    const said = (risk: number) =>
      ask("intermediate-risk", { symptomatic: false, "ten-year-ascvd-risk": risk }).caveats;
    expect(
      said(7.49)
        .map(({ en }) => en)
        .join(),
    ).toContain("selected");
    expect(
      said(7.5)
        .map(({ en }) => en)
        .join(),
    ).not.toContain("selected");
  });

  it("takes low risk from any of its three names", () => {
    const family: Given = { symptomatic: false, "premature-family-history": true };
    for (const low of [
      { "risk-class": "low" },
      { "score2-category": "low-to-moderate" },
      { "ten-year-ascvd-risk": 4.99 },
    ]) {
      expect(ask("family-history", { ...family, ...low }).outcome).toBe("applies");
      expect(ask("family-history", { ...family, ...low, "premature-family-history": false }).outcome).toBe("does-not");
    }
    expect(ask("family-history", { ...family, "risk-class": "moderate" }).outcome).toBe("undetermined");
  });

  it.each([
    [34.9, "does-not"],
    [35, "applies"],
    [75.9, "applies"],
    [76, "does-not"],
  ])("diabetes at %d years: %s", (age, outcome) => {
    expect(ask("diabetes", { ...indicated["diabetes"], age }).outcome).toBe(outcome);
  });

  it("needs a priori high risk in diabetes, and wonders about type 1", () => {
    expect(ask("diabetes", { ...indicated["diabetes"], "diabetes-a-priori-risk": "moderate" }).outcome).toBe(
      "does-not",
    );
    expect(ask("diabetes", { diabetes: false }).outcome).toBe("does-not");
    const said = ask("diabetes", { ...indicated["diabetes"], "diabetes-type": "type-1" }).caveats.map(({ en }) => en);
    expect(said.join()).toContain("type 2");
  });
});

describe("carotid plaque", () => {
  it("is high risk by itself, and through the ladder the guard holds", () => {
    const given: Given = { symptomatic: false, "carotid-plaque": true };
    const rule = (name: string) => askRule(catalog, `calcium-indications/${name}`, given);
    expect(rule("carotid-plaque")).toMatchObject({
      outcome: "applies",
      value: { indication: "high-risk-without-score" },
    });
    expect(rule("do-not-score").outcome).toBe("applies");
    expect(ask("carotid-plaque", { "carotid-plaque": false }).outcome).toBe("does-not");
    expect(ask("carotid-plaque", {})).toMatchObject({ outcome: "undetermined", missing: ["carotid-plaque"] });
  });
});

it("a high score does not say of itself that it need not have been taken", () => {
  const given: Given = {
    symptomatic: false,
    "known-cardiovascular-disease": false,
    "score2-risk": 5,
    "agatston-score": 500,
  };
  expect(askRule(catalog, "ldl-ladder/calcium-above-100", given).outcome).toBe("applies");
  expect(askRule(catalog, "calcium-indications/do-not-score", given).outcome).toBe("does-not");
  expect(askRule(catalog, "calcium-indications/moderate-risk", given).outcome).toBe("applies");
});

import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { calciumLimits } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([calciumLimits], `calcium-limits/${rule}`, given);

it.each([0, 0.5, 100, 5000])("plaque without calcium is said beside a score of %d, in both languages", (score) => {
  const verdict = ask("non-calcified-plaque", { "agatston-score": score });
  expect(verdict).toMatchObject({
    outcome: "applies",
    value: { limit: "non-calcified-plaque" },
    kind: "expert-opinion",
  });
  expect(verdict.statement.fr).toContain("Un score de 0 n'exclut ni plaque ni sténose");
});

it("adds the numbers of CONFIRM only at 0 with symptoms", () => {
  const said = (given: Given) => ask("non-calcified-plaque", given).caveats.length;
  expect(said({ "agatston-score": 0, symptomatic: true })).toBe(1);
  expect(said({ "agatston-score": 0.1, symptomatic: true })).toBe(0);
  expect(said({ "agatston-score": 0, symptomatic: false })).toBe(0);
  expect(said({ "agatston-score": 0 })).toBe(0);
});

describe("for whom", () => {
  it.each([
    ["women", "sex", "female", "male"],
    ["athletes", "endurance-athlete", true, false],
  ] as const)("%s: %s", (...[rule, fact, held, other]) => {
    const score: Given = { "agatston-score": 50 };
    expect(ask(rule, { ...score, [fact]: held }).outcome).toBe("applies");
    expect(ask(rule, { ...score, [fact]: other }).outcome).toBe("does-not");
    expect(ask(rule, score)).toMatchObject({ outcome: "undetermined", missing: [fact] });
    expect(ask(rule, { [fact]: held })).toMatchObject({ outcome: "undetermined", missing: ["agatston-score"] });
  });
});

describe("event rates of Budoff 2018 (abstract, PMC6030975)", () => {
  const rules = ["event-rate-0", "event-rate-100", "event-rate-300"];

  // 1.3–5.6 % at 0; above 7.5 % above 100; 13.1–25.6 % above 300.
  it.each([
    [0, ["event-rate-0"]],
    [0.1, []],
    [100, []],
    [100.1, ["event-rate-100"]],
    [300, ["event-rate-100"]],
    [300.1, ["event-rate-100", "event-rate-300"]],
  ])("a score of %d: %j", (score, applying) => {
    expect(rules.filter((rule) => ask(rule, { "agatston-score": score }).outcome === "applies")).toEqual(applying);
  });

  it("are those of the abstract, not of the collection, where they differ", () => {
    expect(ask("event-rate-0", { "agatston-score": 0 }).value).toEqual({ rateFromPercent: 1.3, rateToPercent: 5.6 });
    expect(ask("event-rate-300", { "agatston-score": 400 }).value).toEqual({
      rateFromPercent: 13.1,
      rateToPercent: 25.6,
    });
    for (const rule of calciumLimits.rules.slice(-3)) expect(rule.note?.en).toContain("above 300");
  });
});

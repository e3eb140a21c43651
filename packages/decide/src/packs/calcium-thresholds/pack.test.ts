import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askRule, type Given } from "../../engine/ask-rule.ts";
import { decide } from "../../engine/decide.ts";
import { parseFacts } from "../../facts/parse-facts.ts";
import { calciumThresholds } from "./pack.ts";

const ask = (rule: string, given: Given) => askRule([calciumThresholds], `calcium-thresholds/${rule}`, given);

/** A person whom a score of 0 reassures, and of whom everything that could say otherwise is known. */
const reassured: Given = {
  "agatston-score": 0,
  symptomatic: false,
  diabetes: false,
  "current-smoker": false,
  "premature-family-history": false,
  "ldl-cholesterol": 1.35,
};

const without = (given: Given, fact: string): Given =>
  Object.fromEntries(Object.entries(given).filter(([id]) => id !== fact));

describe("published examples (reference 04a)", () => {
  it("cacrule.2: the exemption of a score of 0 does not apply to a smoker at 10 %", () => {
    const verdict = ask("abstain", { "ten-year-ascvd-risk": 10, "agatston-score": 0, "current-smoker": true });
    expect(verdict.outcome).toBe("does-not");
  });

  it("cacrule.3: at 8 % and a score of 120 a statin is favoured, IIa", () => {
    expect(ask("statin-100", { "ten-year-ascvd-risk": 8, "agatston-score": 120 })).toMatchObject({
      outcome: "applies",
      value: { recommendation: "statin" },
      class: "IIa",
      level: "B-NR",
    });
  });
});

describe("0, abstain", () => {
  it("applies to a person of whom all that matters is known", () => {
    const verdict = ask("abstain", reassured);
    expect(verdict).toMatchObject({ outcome: "applies", value: { recommendation: "no-statin-for-now" } });
    expect(verdict.caveats.map(({ en }) => en).join()).toMatch(
      /established cardiovascular disease.*below 20 %.*Not verified/,
    );
  });

  it.each([
    ["symptomatic", true],
    ["diabetes", true],
    ["current-smoker", true],
    ["premature-family-history", true],
    ["ldl-cholesterol", 1.9],
    ["familial-hypercholesterolaemia", true],
    ["known-cardiovascular-disease", true],
    ["ten-year-ascvd-risk", 20],
  ] as const)("does not apply with %s %s", (fact, value) => {
    expect(ask("abstain", { ...reassured, [fact]: value }).outcome).toBe("does-not");
  });

  it.each(Object.keys(reassured))("is undetermined without %s, and names it", (fact) => {
    expect(ask("abstain", without(reassured, fact))).toMatchObject({ outcome: "undetermined", missing: [fact] });
  });

  it("names every missing guard, in the JSON too", () => {
    const facts = parseFacts({ schema: "etalon.facts/1", facts: [{ id: "agatston-score", value: 0 }] });
    const verdicts = JSON.parse(JSON.stringify(decide([calciumThresholds], facts))).verdicts;
    expect(verdicts[0]).toMatchObject({
      rule: "calcium-thresholds/abstain",
      outcome: "undetermined",
      missing: Object.keys(reassured).filter((id) => id !== "agatston-score"),
    });
  });

  it("presumes no familial hypercholesterolaemia where LDL is below 1.9 g/L, says so, and warns where LDL is treated", () => {
    const said = (given: Given) =>
      ask("abstain", given)
        .caveats.map(({ en }) => en)
        .join(" ");
    expect(said(reassured)).toContain("familial hypercholesterolaemia");
    expect(said(reassured)).not.toContain("Under treatment");
    expect(said({ ...reassured, "familial-hypercholesterolaemia": false })).not.toContain("familial");
    for (const treated of ["statin", "lipid-medication"]) {
      expect(said({ ...reassured, [treated]: true })).toContain(
        "Under treatment an LDL below 1.9 g/L does not exclude",
      );
    }
  });

  it("says outside 40 to 75 years that it was made for them", () => {
    const said = (age: number) =>
      ask("abstain", { ...reassured, age })
        .caveats.map(({ en }) => en)
        .join(" ");
    for (const age of [39.9, 76]) expect(said(age)).toContain("made for 40 to 75 years");
    for (const age of [40, 75.9]) expect(said(age)).not.toContain("made for 40 to 75 years");
  });

  it("holds just below 1.9 g/L of LDL; does not apply to a score above 0, however small", () => {
    expect(ask("abstain", { ...reassured, "ldl-cholesterol": 1.899 }).outcome).toBe("applies");
    expect(ask("abstain", { ...reassured, "agatston-score": 0.1 }).outcome).toBe("does-not");
    expect(ask("abstain", { "agatston-score": 0.1 }).outcome).toBe("does-not");
  });
});

describe("statin, at the edges of the score, the percentile and the risk", () => {
  const at = (given: Given): string => `${ask("statin-1-99", given).outcome} ${ask("statin-100", given).outcome}`;

  // Reference 04a accaha2018.cac: 1–99 favours; 100 or the 75th percentile; borderline 5–<7.5, intermediate 7.5–<20 %.
  it.each([
    [0, 50, 10, "does-not does-not"],
    [0, 80, 10, "does-not does-not"],
    [0.5, 50, 10, "applies does-not"],
    [99.9, 74.99, 10, "applies does-not"],
    [99.9, 75, 10, "does-not applies"],
    [100, 50, 10, "does-not applies"],
    [100, 50, 4.99, "does-not does-not"],
    [100, 50, 5, "does-not applies"],
    [100, 50, 19.99, "does-not applies"],
    [100, 50, 20, "does-not does-not"],
    [50, 50, 4.99, "does-not does-not"],
    [50, 50, 20, "does-not does-not"],
  ])("score %d, percentile %d, risk %d %%: %s", (...[score, percentile, risk, expected]) => {
    const given = { "agatston-score": score, "cac-percentile": percentile, "ten-year-ascvd-risk": risk };
    expect(at(given)).toBe(expected);
  });

  it("asks for the risk, and below 100 for the percentile", () => {
    expect(ask("statin-100", { "agatston-score": 150 })).toMatchObject({
      outcome: "undetermined",
      missing: ["ten-year-ascvd-risk"],
    });
    const below = { "agatston-score": 50, "ten-year-ascvd-risk": 10 };
    expect(ask("statin-100", below)).toMatchObject({ outcome: "undetermined", missing: ["cac-percentile"] });
    expect(
      ask("statin-1-99", below)
        .caveats.map(({ en }) => en)
        .join(),
    ).toContain("below the 75th percentile");
  });

  it("says what age, borderline risk, diabetes and LDL change", () => {
    const said = (given: Given) =>
      ask("statin-1-99", { "agatston-score": 50, "ten-year-ascvd-risk": 10, ...given })
        .caveats.map(({ en }) => en)
        .join();
    expect(said({ age: 54.9 })).toContain("leans less");
    expect(said({ age: 55 })).toContain("leans further");
    expect(said({ "ten-year-ascvd-risk": 7.49 })).toContain("Borderline");
    expect(said({ "ten-year-ascvd-risk": 7.5 })).not.toContain("Borderline");
    expect(said({ diabetes: true })).toContain("whatever the score");
    expect(said({ "ldl-cholesterol": 1.9 })).toContain("whatever the score");
    expect(said({ age: 39 })).toContain("40 to 75");
    expect(said({ age: 75.5 })).not.toContain("40 to 75");
  });

  it("is not for people with symptoms or disease", () => {
    const given: Given = { "agatston-score": 150, "ten-year-ascvd-risk": 10 };
    expect(ask("statin-100", { ...given, symptomatic: true }).outcome).toBe("does-not");
    expect(ask("statin-100", { ...given, "known-cardiovascular-disease": true }).outcome).toBe("does-not");
  });
});

describe("aspirin", () => {
  const low: Given = { "agatston-score": 100, "bleeding-risk": "low" };

  it("asks for the bleeding risk and says that no trial supports it", () => {
    expect(ask("aspirin", { "agatston-score": 100 })).toMatchObject({
      outcome: "undetermined",
      missing: ["bleeding-risk"],
    });
    expect(ask("aspirin", { ...low, "bleeding-risk": "high" }).outcome).toBe("does-not");
    const verdict = ask("aspirin", low);
    expect(verdict).toMatchObject({ outcome: "applies", value: { recommendation: "discuss-aspirin" }, class: "none" });
    expect(verdict.statement.en).toContain("No randomised trial");
    expect(verdict.statement.fr).toContain("Aucun essai randomisé");
  });

  it("stops above 70 years and below 100", () => {
    expect(ask("aspirin", { ...low, age: 70.9 }).outcome).toBe("applies");
    expect(ask("aspirin", { ...low, age: 71 }).outcome).toBe("does-not");
    expect(ask("aspirin", { ...low, "agatston-score": 99.9 }).outcome).toBe("does-not");
  });
});

describe("from 100, 400 and 1000, on the unrounded score", () => {
  it.each([
    ["drug-treatment", 99.99, 100],
    ["ischaemia-test", 399.99, 400],
    ["severe-disease-likely", 999.99, 1000],
  ])("%s: not at %d, but at %d", (...[rule, below, edge]) => {
    expect(ask(rule, { "agatston-score": below }).outcome).toBe("does-not");
    expect(ask(rule, { "agatston-score": edge })).toMatchObject({
      outcome: "applies",
      kind: "expert-opinion",
      class: "none",
      level: "none",
    });
    expect(ask(rule, {})).toMatchObject({ outcome: "undetermined", missing: ["agatston-score"] });
  });

  it("says that a stenosis is not proven, and that symptoms have their own tests", () => {
    expect(ask("severe-disease-likely", { "agatston-score": 1000 }).statement.en).toContain("not proven");
    const said = ask("ischaemia-test", { "agatston-score": 400, symptomatic: true }).caveats.map(({ en }) => en);
    expect(said.join()).toContain("guideline for the symptoms");
  });
});

it("a score of 0 opens no treatment and no test, whatever else is known", () => {
  const truth = fc.boolean();
  const given = fc.record(
    {
      "ten-year-ascvd-risk": fc.double({ min: 0, max: 100, noNaN: true }),
      "cac-percentile": fc.double({ min: 0, max: 100, noNaN: true }),
      "ldl-cholesterol": fc.double({ min: 0.05, max: 10, noNaN: true }),
      age: fc.double({ min: 0, max: 125, noNaN: true }),
      "bleeding-risk": fc.constantFrom("low", "high"),
      symptomatic: truth,
      diabetes: truth,
      "current-smoker": truth,
      "premature-family-history": truth,
      "familial-hypercholesterolaemia": truth,
      "known-cardiovascular-disease": truth,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(given, (others) => {
      for (const { id } of calciumThresholds.rules) {
        if (id === "calcium-thresholds/abstain") continue;
        expect(askRule([calciumThresholds], id, { ...others, "agatston-score": 0 }).outcome).toBe("does-not");
      }
    }),
  );
});

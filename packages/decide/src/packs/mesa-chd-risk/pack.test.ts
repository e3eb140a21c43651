import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../engine/decide.ts";
import type { Verdict } from "../../engine/verdict.ts";
import type { FactId } from "../../facts/definitions.ts";
import type { Facts, FactValue } from "../../facts/facts.ts";
import { riskFactors } from "./mesa-chd-risk-percent.ts";
import { mesaChdRisk } from "./pack.ts";

type Given = Readonly<Partial<Record<FactId, FactValue>>>;

/** The man of mesa.calc.0 in reference 02: 7.72 % without calcium, 9.65 % at a score of 100. */
const man: Given = {
  age: 65,
  sex: "male",
  ethnicity: "white",
  "total-cholesterol": 210,
  "hdl-cholesterol": 45,
  "systolic-blood-pressure": 140,
  diabetes: false,
  "current-smoker": false,
  "family-history-heart-attack": false,
  "lipid-medication": false,
  "blood-pressure-medication": false,
};
const healthy: Given = { symptomatic: false, "known-cardiovascular-disease": false };

function factsOf(given: Given): Facts {
  // Object.entries forgets which strings are keys.
  const entries = Object.entries(given) as [FactId, FactValue][];
  return new Map(entries.map(([id, value]) => [id, { id, value, source: "test" }]));
}

function verdictsOf(given: Given): { readonly withScore: Verdict; readonly withoutScore: Verdict } {
  const [withScore, withoutScore] = decide([mesaChdRisk], factsOf(given)).verdicts;
  expect([withScore.rule, withoutScore.rule]).toEqual(mesaChdRisk.rules.map(({ id }) => id));
  return { withScore, withoutScore };
}

const riskAt = (agatston: number, given: Given = {}): number =>
  Number(verdictsOf({ ...man, ...given, "agatston-score": agatston }).withScore.value?.["riskWithCalciumPercent"]);

describe("the risk", () => {
  it("has both numbers where the score is known, in one verdict", () => {
    const { withScore, withoutScore } = verdictsOf({ ...man, ...healthy, "agatston-score": 100 });
    expect(withScore).toMatchObject({ outcome: "applies", caveats: [] });
    expect(withScore.value?.["riskWithoutCalciumPercent"]).toBeCloseTo(7.72, 2);
    expect(withScore.value?.["riskWithCalciumPercent"]).toBeCloseTo(9.65, 2);
    expect(withoutScore.outcome).toBe("does-not");
  });

  it("has the number without calcium where the score is not known", () => {
    const { withScore, withoutScore } = verdictsOf(man);
    expect(withScore).toMatchObject({ outcome: "undetermined", missing: ["agatston-score"] });
    expect(withoutScore.outcome).toBe("applies");
    expect(Object.keys(withoutScore.value ?? {})).toEqual(["riskWithoutCalciumPercent"]);
    expect(withoutScore.value?.["riskWithoutCalciumPercent"]).toBeCloseTo(7.72, 2);
  });

  it("rises with the score", () => {
    const score = fc.double({ min: 0, max: 50_000, noNaN: true });
    fc.assert(
      fc.property(score, score, (one, other) => {
        const [low, high] = [riskAt(Math.min(one, other)), riskAt(Math.max(one, other))];
        // exp and pow are exact to a few units in the last place only.
        return low >= 0 && high <= 100 && low <= high + 1e-9;
      }),
    );
  });

  it("is not clipped at 1 and 30 %, as CVrisk does", () => {
    const young: Given = {
      age: 45,
      sex: "female",
      ethnicity: "chinese",
      "systolic-blood-pressure": 110,
      "hdl-cholesterol": 80,
    };
    expect(riskAt(0, young)).toBeLessThan(1);
    const burdened: Given = { age: 80, diabetes: true, "current-smoker": true, "family-history-heart-attack": true };
    expect(riskAt(2000, burdened)).toBeGreaterThan(30);
  });
});

describe("who it is for", () => {
  it.each([
    [44.99, "does-not"],
    [45, "applies"],
    [85, "applies"],
    [85.01, "does-not"],
  ])("at %s years it %s", (age, outcome) => {
    expect(verdictsOf({ ...man, age, "agatston-score": 1 }).withScore.outcome).toBe(outcome);
    expect(verdictsOf({ ...man, age }).withoutScore.outcome).toBe(outcome);
  });

  it.each(riskFactors)("is undetermined without %s", (missing) => {
    const { [missing]: _left, ...rest } = man;
    expect(verdictsOf({ ...rest, "agatston-score": 1 }).withScore).toMatchObject({
      outcome: "undetermined",
      missing: [missing],
    });
    expect(verdictsOf(rest).withoutScore).toMatchObject({ outcome: "undetermined", missing: [missing] });
  });

  it.each(["symptomatic", "known-cardiovascular-disease"] as const)(
    "presumes that %s is false, and says so",
    (fact) => {
      const presumed = verdictsOf({ ...man, "agatston-score": 1 }).withScore;
      expect(presumed.outcome).toBe("applies");
      expect(presumed.caveats.map(({ en }) => en).join()).toContain("which is presumed where nothing is said");
      const known = verdictsOf({ ...man, "agatston-score": 1, [fact]: true }).withScore;
      expect(known.outcome).toBe("does-not");
      expect(known.caveats).toHaveLength(1);
    },
  );

  it("is undetermined for another ethnicity, which the equation has no term for, as if it were not given", () => {
    const { withScore } = verdictsOf({ ...man, "agatston-score": 1, ethnicity: "other" });
    expect(withScore).toMatchObject({ outcome: "undetermined", missing: ["ethnicity"] });
    expect(withScore.needsAgain).toBeUndefined();
  });

  it("shows no ethnicity: but for the numbers, all four give the same document", () => {
    const documents = ["white", "black", "hispanic", "chinese"].map((ethnicity) => {
      const { facts, verdicts } = decide([mesaChdRisk], factsOf({ ...man, ethnicity, "agatston-score": 1 }));
      expect(facts.map(({ id }) => id)).not.toContain("ethnicity");
      expect(verdicts[0].needsAgain).toEqual(["ethnicity"]);
      return JSON.stringify({ facts, verdicts: verdicts.map(({ value: _value, ...rest }) => rest) });
    });
    expect(new Set(documents).size).toBe(1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "../../engine/decide.ts";
import type { Verdict } from "../../engine/verdict.ts";
import type { FactId } from "../../facts/definitions.ts";
import type { Facts, FactValue } from "../../facts/facts.ts";
import { mesaPercentile } from "./pack.ts";

type Given = Readonly<Partial<Record<FactId, FactValue>>>;

const ETHNICITIES = ["white", "black", "hispanic", "chinese"] as const;

/** A man of 60 with a score of 100, of whom all that matters is said. */
const man: Given = {
  age: 60,
  sex: "male",
  ethnicity: "white",
  "agatston-score": 100,
  diabetes: false,
  "known-cardiovascular-disease": false,
};

function factsOf(given: Given): Facts {
  // Object.entries forgets which strings are keys.
  const entries = Object.entries(given) as [FactId, FactValue][];
  return new Map(entries.map(([id, value]) => [id, { id, value, source: "test" }]));
}

function verdictsOf(given: Given): { readonly byEthnicity: Verdict; readonly whiteReference: Verdict } {
  const [byEthnicity, whiteReference] = decide([mesaPercentile], factsOf(given)).verdicts;
  expect([byEthnicity.rule, whiteReference.rule]).toEqual(mesaPercentile.rules.map(({ id }) => id));
  return { byEthnicity, whiteReference };
}

const percentileOf = (given: Given): number =>
  Number(verdictsOf({ ...man, ...given }).byEthnicity.value?.["percentile"]);

describe("the percentile", () => {
  it("is linear in the logarithm of the score between two anchors", () => {
    // White men of 60: 64 at 80, 79 at 200; ln(100/80)/ln(200/80) = 0.2435292, so 64 + 15 × 0.2435292.
    expect(percentileOf({})).toBeCloseTo(67.652938, 6);
  });

  it("is that of the anchor at an anchor, approached from both sides", () => {
    for (const [anchor, percentile] of [
      [1, 31],
      [80, 64],
      [200, 79],
      [4000, 99],
    ] as const) {
      expect(percentileOf({ "agatston-score": anchor })).toBe(percentile);
      for (const near of [anchor * (1 - 1e-9), anchor * (1 + 1e-9)]) {
        expect(percentileOf({ "agatston-score": near })).toBeCloseTo(percentile, 6);
      }
    }
  });

  it("below 1 is that of 1, above 4000 that of 4000, and says so", () => {
    const below = verdictsOf({ ...man, "agatston-score": 0.5 }).byEthnicity;
    expect(below).toMatchObject({ outcome: "applies", value: { percentile: 31 } });
    expect(below.caveats.map(({ en }) => en).join()).toContain("below the reference's first anchor of 1");
    const above = verdictsOf({ ...man, "agatston-score": 10_000 }).byEthnicity;
    expect(above).toMatchObject({ outcome: "applies", value: { percentile: 99 } });
    expect(above.caveats.map(({ en }) => en).join()).toContain("above the reference's last anchor of 4000");
    for (const score of [1, 100, 4000]) {
      expect(verdictsOf({ ...man, "agatston-score": score }).byEthnicity.caveats).toEqual([]);
    }
  });

  it("gives way at a score of 0 to the share of peers who have calcium, and derives no percentile", () => {
    const { verdicts, facts } = decide([mesaPercentile], factsOf({ ...man, "agatston-score": 0 }));
    // White men of 60: P(CAC > 0) is 68 %.
    expect(verdicts[0]).toMatchObject({ outcome: "applies", value: { nonZeroProbabilityPercent: 68 } });
    expect(Object.keys(verdicts[0].value ?? {})).toEqual(["nonZeroProbabilityPercent"]);
    expect(facts.map(({ id }) => id)).not.toContain("cac-percentile");
  });

  it("counts completed years", () => {
    expect(percentileOf({ age: 60.99 })).toBe(percentileOf({ age: 60 }));
    expect(percentileOf({ age: 61 })).toBeLessThan(percentileOf({ age: 60 }));
  });

  it("never falls as the score rises, and stays within 0 and 100", () => {
    const anyone = fc.record({
      age: fc.integer({ min: 45, max: 84 }),
      sex: fc.constantFrom("male", "female"),
      ethnicity: fc.constantFrom(...ETHNICITIES),
    });
    const score = fc.double({ min: 0.01, max: 50_000, noNaN: true });
    fc.assert(
      fc.property(anyone, score, score, (person, one, other) => {
        const low = percentileOf({ ...person, "agatston-score": Math.min(one, other) });
        const high = percentileOf({ ...person, "agatston-score": Math.max(one, other) });
        // The logarithm is exact to one unit in the last place only.
        return low >= 0 && high <= 100 && low <= high + 1e-9;
      }),
    );
  });

  it("is derived for other rules from the person's own reference only", () => {
    const derived = (given: Given) =>
      decide([mesaPercentile], factsOf(given)).facts.find(({ id }) => id === "cac-percentile");
    expect(derived(man)).toMatchObject({ value: percentileOf({}), source: "rule mesa-percentile/by-ethnicity" });
    expect(derived({ ...man, ethnicity: "other" })).toBeUndefined();
  });
});

describe("who it is for", () => {
  it.each([
    [44.99, "does-not"],
    [45, "applies"],
    [84, "applies"],
    [84.99, "applies"],
    [85, "does-not"],
  ])("at %s years it %s", (age, outcome) => {
    expect(verdictsOf({ ...man, age }).byEthnicity.outcome).toBe(outcome);
    expect(verdictsOf({ ...man, age, ethnicity: "other" }).whiteReference.outcome).toBe(outcome);
  });

  it.each(["diabetes", "known-cardiovascular-disease"] as const)("not with %s, and says why", (fact) => {
    for (const verdict of [
      verdictsOf({ ...man, [fact]: true }).byEthnicity,
      verdictsOf({ ...man, ethnicity: "other", [fact]: true }).whiteReference,
    ]) {
      expect(verdict.outcome).toBe("does-not");
      expect(verdict.caveats).toHaveLength(1);
    }
  });

  it("says what it presumes where diabetes and disease are not known", () => {
    const { age, sex, ethnicity } = { age: 60, sex: "male", ethnicity: "white" };
    const { byEthnicity } = verdictsOf({ age, sex, ethnicity, "agatston-score": 100 });
    expect(byEthnicity.outcome).toBe("applies");
    expect(byEthnicity.caveats.map(({ en }) => en.slice(0, 25))).toEqual([
      "For people without diabet",
      "For people without establ",
    ]);
  });

  it.each(["age", "sex", "agatston-score"] as const)("is undetermined without %s", (missing) => {
    const { [missing]: _left, ...rest } = man;
    expect(verdictsOf(rest).byEthnicity).toMatchObject({ outcome: "undetermined", missing: [missing] });
    expect(verdictsOf({ ...rest, ethnicity: "other" }).whiteReference).toMatchObject({
      outcome: "undetermined",
      missing: [missing],
    });
  });
});

describe("ethnicity", () => {
  it("one of the four: its own reference, and no other", () => {
    for (const ethnicity of ETHNICITIES) {
      const { byEthnicity, whiteReference } = verdictsOf({ ...man, ethnicity });
      expect([byEthnicity.outcome, whiteReference.outcome]).toEqual(["applies", "does-not"]);
    }
  });

  it("not given: undetermined, and the White reference, flagged", () => {
    const { ethnicity: _left, ...rest } = man;
    const { byEthnicity, whiteReference } = verdictsOf(rest);
    expect(byEthnicity).toMatchObject({ outcome: "undetermined", missing: ["ethnicity"] });
    expect(whiteReference).toMatchObject({ outcome: "applies", value: { percentile: percentileOf({}) } });
    expect(whiteReference.caveats.map(({ en }) => en).join()).toContain("not this person's own");
  });

  it("another: as if it were not given, so that not even this can be read from a verdict", () => {
    const { ethnicity: _left, ...rest } = man;
    expect(decide([mesaPercentile], factsOf({ ...man, ethnicity: "other" }))).toEqual(
      decide([mesaPercentile], factsOf(rest)),
    );
  });

  it("cannot be read from a verdict: but for the number, all four give the same document", () => {
    const documents = ETHNICITIES.map((ethnicity) => {
      const { facts, verdicts } = decide([mesaPercentile], factsOf({ ...man, ethnicity }));
      expect(facts.map(({ id }) => id)).not.toContain("ethnicity");
      expect(verdicts[0].needsAgain).toEqual(["ethnicity"]);
      const shown = facts.filter(({ id }) => id !== "cac-percentile");
      return JSON.stringify({ shown, verdicts: verdicts.map(({ value: _value, ...rest }) => rest) });
    });
    expect(new Set(documents).size).toBe(1);
  });
});

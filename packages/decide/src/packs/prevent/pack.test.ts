import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluatePacks } from "../../engine/evaluate-packs.ts";
import type { Verdict } from "../../engine/verdict.ts";
import type { FactId } from "../../facts/definitions.ts";
import { collectFacts, readFact } from "../../facts/parse-facts.ts";
import { bodyMassIndex } from "../body-mass-index/pack.ts";
import { prevent } from "./pack.ts";

type Person = Readonly<Partial<Record<FactId, number | boolean | string>>>;

const UNITS: Readonly<Partial<Record<FactId, string>>> = {
  age: "a",
  "systolic-blood-pressure": "mm[Hg]",
  "total-cholesterol": "mg/dL",
  "hdl-cholesterol": "mg/dL",
  egfr: "mL/min/{1.73_m2}",
  bmi: "kg/m2",
  height: "cm",
  weight: "kg",
};

/** The woman of the README of github:martingmayer/preventr. */
const woman = {
  age: 50,
  sex: "female",
  "systolic-blood-pressure": 160,
  "blood-pressure-medication": true,
  "total-cholesterol": 200,
  "hdl-cholesterol": 45,
  statin: false,
  diabetes: true,
  "current-smoker": false,
  egfr: 90,
  bmi: 35,
} as const satisfies Person;

function verdictsOf(person: Person): { readonly tenYear: Verdict; readonly thirtyYear: Verdict } {
  const given = Object.entries(person).map(([id, value]) => {
    const unit = Object.entries(UNITS).find(([key]) => key === id)?.[1];
    return readFact({ id, value, ...(unit === undefined ? {} : { unit }) });
  });
  const [, tenYear, thirtyYear] = evaluatePacks([bodyMassIndex, prevent], collectFacts(given)).verdicts;
  return { tenYear, thirtyYear };
}

const outcomesOf = (person: Person) => Object.values(verdictsOf(person)).map(({ outcome }) => outcome);
const totalAt = (person: Person) => Number(verdictsOf(person).tenYear.value?.["totalCvdRiskPercent"]);
const tenYearRisks = (person: Person) => Object.values(verdictsOf(person).tenYear.value ?? {}).map(Number);

describe("published values", () => {
  it("the woman of preventr's README, over 10 and 30 years, to the three decimals it prints", () => {
    const { tenYear, thirtyYear } = verdictsOf(woman);
    const rounded = (verdict: Verdict) =>
      Object.fromEntries(Object.entries(verdict.value ?? {}).map(([key, value]) => [key, Number(value).toFixed(1)]));
    expect(rounded(tenYear)).toEqual({
      totalCvdRiskPercent: "14.7",
      ascvdRiskPercent: "9.2",
      heartFailureRiskPercent: "8.1",
      coronaryRiskPercent: "4.4",
      strokeRiskPercent: "5.4",
    });
    expect(rounded(thirtyYear)).toEqual({
      totalCvdRiskPercent: "53.0",
      ascvdRiskPercent: "35.4",
      heartFailureRiskPercent: "39.0",
      coronaryRiskPercent: "19.8",
      strokeRiskPercent: "22.1",
    });
  });

  it("is its constant for the person at every centre: 55 years, non-HDL 3.5, HDL 1.3, 130 mmHg, BMI 25, eGFR 90", () => {
    const centre: Person = {
      ...woman,
      age: 55,
      "total-cholesterol": 4.8 / 0.02586,
      "hdl-cholesterol": 1.3 / 0.02586,
      "systolic-blood-pressure": 130,
      "blood-pressure-medication": false,
      diabetes: false,
      bmi: 25,
    };
    // 1 / (1 + e^3.307728) and, for heart failure, 1 / (1 + e^4.310409): the constants of the paper.
    expect(totalAt(centre)).toBeCloseTo(100 / (1 + Math.exp(3.307728)), 9);
    expect(verdictsOf(centre).tenYear.value?.["heartFailureRiskPercent"]).toBeCloseTo(
      100 / (1 + Math.exp(4.310409)),
      9,
    );
  });
});

describe("the equation", () => {
  const anyPerson = fc.record({
    sex: fc.constantFrom("male", "female"),
    age: fc.integer({ min: 30, max: 78 }),
    "systolic-blood-pressure": fc.integer({ min: 90, max: 200 }),
    "blood-pressure-medication": fc.boolean(),
    "total-cholesterol": fc.integer({ min: 130, max: 320 }),
    "hdl-cholesterol": fc.integer({ min: 20, max: 100 }),
    statin: fc.boolean(),
    diabetes: fc.boolean(),
    "current-smoker": fc.boolean(),
    egfr: fc.integer({ min: 15, max: 140 }),
    bmi: fc.double({ min: 18.5, max: 40, noNaN: true }),
  });

  it("gives percentages, the whole higher with blood pressure from 110 on, smoking, diabetes and kidney disease", () => {
    fc.assert(
      fc.property(anyPerson, (person) => {
        const risks = tenYearRisks(person);
        expect(risks).toHaveLength(5);
        for (const risk of risks) {
          expect(risk).toBeGreaterThan(0);
          expect(risk).toBeLessThan(100);
        }
        const total = totalAt(person);
        const systolic = Math.max(person["systolic-blood-pressure"], 110);
        const from110 = { ...person, "systolic-blood-pressure": systolic };
        expect(totalAt({ ...from110, "systolic-blood-pressure": systolic + 1 })).toBeGreaterThan(totalAt(from110));
        if (!person["current-smoker"]) expect(totalAt({ ...person, "current-smoker": true })).toBeGreaterThan(total);
        if (!person.diabetes) expect(totalAt({ ...person, diabetes: true })).toBeGreaterThan(total);
        if (person.egfr <= 60) expect(totalAt({ ...person, egfr: person.egfr - 1 })).toBeGreaterThan(total);
      }),
    );
  });

  it.each([
    ["systolic-blood-pressure", 110],
    ["bmi", 30],
    ["egfr", 60],
  ] as const)("is continuous in %s at its knot, %d", (id, knot) => {
    const below = tenYearRisks({ ...woman, [id]: knot - 1e-9 });
    const above = tenYearRisks({ ...woman, [id]: knot + 1e-9 });
    below.forEach((risk, at) => {
      expect(Math.abs(risk - above[at])).toBeLessThan(1e-7);
    });
  });

  it("changes nothing but heart failure with the body mass index", () => {
    const [total, ascvd, heartFailure, coronary, stroke] = tenYearRisks(woman);
    const thinner = tenYearRisks({ ...woman, bmi: 31 });
    expect(thinner[2]).toBeLessThan(heartFailure);
    expect(thinner.toSpliced(2, 1)).toEqual([total, ascvd, coronary, stroke]);
  });
});

describe("whom it is for", () => {
  it.each([
    [29.9, ["does-not", "does-not"]],
    [30, ["applies", "applies"]],
    [59.9, ["applies", "applies"]],
    [60, ["applies", "does-not"]],
    [79.9, ["applies", "does-not"]],
    [80, ["does-not", "does-not"]],
  ])("at %d years, over 10 and 30 years: %s", (age, outcomes) => {
    expect(outcomesOf({ ...woman, age })).toEqual(outcomes);
  });

  it("is not for established disease, whose absence is said to be taken for granted", () => {
    expect(outcomesOf({ ...woman, "known-cardiovascular-disease": true })).toEqual(["does-not", "does-not"]);
    const [granted] = verdictsOf(woman).tenYear.caveats;
    expect(granted.en).toContain("taken for granted");
    expect(verdictsOf({ ...woman, "known-cardiovascular-disease": false }).tenYear.caveats).toEqual([]);
  });

  it.each(Object.keys(woman))("is undetermined without %s, and names it", (id) => {
    const { [id as FactId]: _left, ...rest }: Person = woman;
    for (const verdict of Object.values(verdictsOf(rest))) {
      expect(verdict).toMatchObject({ outcome: "undetermined", missing: [id] });
    }
  });

  it("takes the body mass index from height and weight", () => {
    const { bmi: _left, ...rest } = woman;
    // 35 kg/m² at 160 cm: 35 · 1.6² = 89.6 kg.
    const measured = { ...rest, height: 160, weight: 89.6 };
    expect(totalAt(measured)).toBeCloseTo(totalAt(woman), 12);
    expect(tenYearRisks(measured)[2]).toBeCloseTo(tenYearRisks(woman)[2], 9);
  });

  it.each([
    ["total-cholesterol", 130, 320],
    ["hdl-cholesterol", 20, 100],
    ["systolic-blood-pressure", 90, 200],
    ["bmi", 18.5, 40],
    ["egfr", 15, 140],
  ] as const)("says that the number is extrapolated for %s outside %d to %d, without clipping it", (id, from, to) => {
    const person: Person = { ...woman, "total-cholesterol": 220, "known-cardiovascular-disease": false };
    const saidAt = (value: number) => verdictsOf({ ...person, [id]: value }).tenYear.caveats;
    expect(saidAt(from)).toEqual([]);
    expect(saidAt(to)).toEqual([]);
    for (const beyond of [from - 1, to + 1]) {
      expect(saidAt(beyond).map(({ en }) => en)).toEqual([expect.stringContaining("extrapolated")]);
    }
    expect(tenYearRisks({ ...person, [id]: to + 1 })).not.toEqual(tenYearRisks({ ...person, [id]: to }));
  });
});

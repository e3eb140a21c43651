import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluatePacks } from "../../engine/evaluate-packs.ts";
import type { Verdict } from "../../engine/verdict.ts";
import type { FactId } from "../../facts/definitions.ts";
import { collectFacts, readFact } from "../../facts/parse-facts.ts";
import { riskRegions } from "./cardiovascular-equation.ts";
import { score2Pack } from "./pack.ts";
import { diabetesRiskClass, escRiskClass } from "./risk-classes.ts";
import { score2Equation } from "./score2-coefficients.ts";

type Person = Readonly<Partial<Record<FactId, number | boolean | string>>>;

const UNITS: Readonly<Partial<Record<FactId, string>>> = {
  age: "a",
  "diabetes-age": "a",
  "systolic-blood-pressure": "mm[Hg]",
  "total-cholesterol": "mmol/L",
  "hdl-cholesterol": "mmol/L",
  hba1c: "mmol/mol",
  egfr: "mL/min/{1.73_m2}",
};

/** The man of the SCORE2 abstract: 50 years, smokes, 140 mmHg, 5.5 and 1.3 mmol/L. */
const man: Person = {
  age: 50,
  sex: "male",
  "current-smoker": true,
  "systolic-blood-pressure": 140,
  "total-cholesterol": 5.5,
  "hdl-cholesterol": 1.3,
  "risk-region": "low",
};

/** The man of the SCORE2-Diabetes graphical abstract. */
const manWithDiabetes: Person = {
  ...man,
  age: 60,
  "current-smoker": false,
  diabetes: true,
  "diabetes-age": 60,
  hba1c: 50,
  egfr: 90,
};

function evaluate(person: Person) {
  const given = Object.entries(person).map(([id, value]) => {
    const unit = Object.entries(UNITS).find(([key]) => key === id)?.[1];
    return readFact({ id, value, ...(unit === undefined ? {} : { unit }) });
  });
  return evaluatePacks([score2Pack], collectFacts(given));
}

const verdictOf = (person: Person, rule: string): Verdict | undefined =>
  evaluate(person).verdicts.find((verdict) => verdict.rule === `score2/${rule}`);

const appliesTo = (person: Person) =>
  evaluate(person)
    .verdicts.filter(({ outcome }) => outcome === "applies")
    .map(({ rule }) => rule);

function riskPercent(person: Person): number {
  const [verdict, ...others] = evaluate(person).verdicts.filter(({ outcome }) => outcome === "applies");
  expect(others).toEqual([]);
  return Number(verdict.value?.["riskPercent"]);
}

describe("published values", () => {
  it.each([
    ["male", "low", 5.9],
    ["male", "moderate", 7.6],
    ["male", "high", 8.1],
    ["male", "very-high", 14.0],
    ["female", "low", 4.2],
    ["female", "high", 6.9],
    ["female", "very-high", 13.7],
  ])("abstract of SCORE2 (doi 10.1093/eurheartj/ehab309): %s, %s region, %d %%", (sex, region, percent) => {
    expect(riskPercent({ ...man, sex, "risk-region": region })).toBeCloseTo(percent, 1);
  });

  // github:dvicencio/RiskScorescvd tests, after supplementary table 4 of SCORE2 and table 3 of SCORE2-OP: whole percents.
  it.each([
    { sex: "male", age: 50, total: 6.3, hdl: 1.4, percents: { low: 6, moderate: 8, high: 9, "very-high": 15 } },
    { sex: "female", age: 50, total: 6.3, hdl: 1.4, percents: { low: 4, moderate: 5, high: 7, "very-high": 14 } },
    { sex: "male", age: 75, total: 5.5, hdl: 1.3, percents: { low: 19, moderate: 24 } },
    { sex: "female", age: 75, total: 5.5, hdl: 1.3, percents: { low: 15, moderate: 20 } },
    { sex: "male", age: 75, total: 6, hdl: 1.3, percents: { high: 29, "very-high": 41 } },
    { sex: "female", age: 75, total: 6, hdl: 1.3, percents: { "very-high": 46 } },
  ])("supplements: smoking $sex of $age years, $total and $hdl mmol/L", ({ sex, age, total, hdl, percents }) => {
    for (const [region, percent] of Object.entries(percents)) {
      const person = { ...man, sex, age, "total-cholesterol": total, "hdl-cholesterol": hdl, "risk-region": region };
      expect(Math.round(riskPercent(person)), region).toBe(percent);
    }
  });

  // doi 10.1093/eurheartj/ehad260, graphical abstract, from the low to the very high region.
  it.each([
    { sex: "male", diagnosed: 60, hba1c: 50, egfr: 90, percents: ["8.4", "11.0", "12.5", "20.3"] },
    { sex: "female", diagnosed: 60, hba1c: 50, egfr: 90, percents: ["6.1", "7.6", "11.1", "20.6"] },
    { sex: "male", diagnosed: 50, hba1c: 70, egfr: 60, percents: ["12.9", "17.2", "21.0", "31.2"] },
    { sex: "female", diagnosed: 50, hba1c: 70, egfr: 60, percents: ["9.8", "12.7", "20.4", "34.0"] },
  ])("SCORE2-Diabetes: $sex, diagnosed at $diagnosed: $percents", ({ sex, diagnosed, hba1c, egfr, percents }) => {
    const person = { ...manWithDiabetes, sex, "diabetes-age": diagnosed, hba1c, egfr };
    expect(riskRegions.map((region) => riskPercent({ ...person, "risk-region": region }).toFixed(1))).toEqual(percents);
  });

  // mdcalc.com/calc/10510 through github:dvicencio/RiskScorescvd tests.
  it.each([
    ["male", 11.8],
    ["female", 9.2],
  ])("SCORE2-Diabetes: smoking %s, %d %%", (sex, percent) => {
    expect(riskPercent({ ...manWithDiabetes, sex, "current-smoker": true })).toBeCloseTo(percent, 1);
  });
});

describe("the equation", () => {
  it("is the printed one: 1 - exp(-exp(a + b·ln(-ln(1 - (1 - S0^exp(lp))))))", () => {
    // The man of the abstract by hand: age -2 steps, blood pressure 1, cholesterol -0.5, HDL 0.
    const lp = 0.3742 * -2 + (0.6012 + 0.0755 * 2) + (0.2777 + 0.0255 * 2) + (0.1458 + 0.0281 * 2) * -0.5;
    const uncalibrated = 1 - score2Equation.male.baselineSurvival ** Math.exp(lp);
    const printed = 1 - Math.exp(-Math.exp(-0.5699 + 0.7476 * Math.log(-Math.log(1 - uncalibrated))));
    expect(riskPercent(man)).toBeCloseTo(100 * printed, 9);
  });

  const anyPerson = fc.record({
    sex: fc.constantFrom("male", "female"),
    age: fc.integer({ min: 40, max: 85 }),
    "current-smoker": fc.boolean(),
    "systolic-blood-pressure": fc.integer({ min: 100, max: 180 }),
    "total-cholesterol": fc.double({ min: 4, max: 8, noNaN: true }),
    "hdl-cholesterol": fc.double({ min: 0.8, max: 2, noNaN: true }),
    "risk-region": fc.constantFrom(...riskRegions),
  });

  it("gives a percentage, higher with age, blood pressure and smoking", () => {
    fc.assert(
      fc.property(anyPerson, (person) => {
        const risk = riskPercent(person);
        expect(risk).toBeGreaterThan(0);
        expect(risk).toBeLessThan(100);
        expect(
          riskPercent({ ...person, "systolic-blood-pressure": person["systolic-blood-pressure"] + 1 }),
        ).toBeGreaterThan(risk);
        if (!person["current-smoker"]) expect(riskPercent({ ...person, "current-smoker": true })).toBeGreaterThan(risk);
        // From 69 to 70 the person changes equation, which need not be continuous.
        if (person.age !== 69) expect(riskPercent({ ...person, age: person.age + 1 })).toBeGreaterThan(risk);
      }),
    );
  });

  it("says where the smoking term of older men turns round: 73 + 0.3524/0.0247 = 87.267 years", () => {
    const smoker = { ...man, age: 87.2 };
    expect(riskPercent(smoker)).toBeGreaterThan(riskPercent({ ...smoker, "current-smoker": false }));
    const caveats = (age: number) =>
      verdictOf({ ...man, age }, "score2-op")
        ?.caveats.map(({ en }) => en)
        .join(" ");
    expect(caveats(87.2)).not.toContain("artefact");
    const older = { ...man, age: 87.3 };
    expect(riskPercent(older)).toBeLessThan(riskPercent({ ...older, "current-smoker": false }));
    expect(caveats(87.3)).toContain("artefact");
  });

  it("crosses between the moderate and the high region, as the note says: at 4.9 % in men", () => {
    // -0.1565 + 0.8009 x = 0.3207 + 0.9360 x at x = -3.532, where the risk is 1 - exp(-exp(-0.1565 - 0.8009 · 3.532)).
    const inRegion = (region: string, systolic: number) =>
      riskPercent({ ...man, "risk-region": region, "current-smoker": false, "systolic-blood-pressure": systolic });
    expect(inRegion("moderate", 120)).toBeLessThan(4.9);
    expect(inRegion("moderate", 120)).toBeGreaterThan(inRegion("high", 120));
    expect(inRegion("moderate", 170)).toBeGreaterThan(4.95);
    expect(inRegion("moderate", 170)).toBeLessThan(inRegion("high", 170));
  });
});

describe("which equation", () => {
  it.each([
    [39.9, []],
    [40, ["score2/score2"]],
    [69.5, ["score2/score2"]],
    [70, ["score2/score2-op"]],
    [89.9, ["score2/score2-op"]],
    [90, []],
  ])("without diabetes at %d years: %s", (age, rules) => {
    expect(appliesTo({ ...man, age, diabetes: false })).toEqual(rules);
    expect(appliesTo({ ...man, age })).toEqual(rules);
  });

  it.each([
    [39.9, []],
    [40, ["score2/score2-diabetes"]],
    [69.5, ["score2/score2-diabetes"]],
    [70, ["score2/score2-op-diabetes"]],
    [89.9, ["score2/score2-op-diabetes"]],
    [90, []],
  ])("with diabetes at %d years: %s", (age, rules) => {
    expect(appliesTo({ ...manWithDiabetes, age, "diabetes-age": 30 })).toEqual(rules);
  });

  it("takes the absence of diabetes for granted, and says so, unless a fact shows it", () => {
    const said = (person: Person) =>
      verdictOf(person, "score2")
        ?.caveats.map(({ en }) => en)
        .join(" ");
    expect(said(man)).toContain("no diabetes is taken for granted");
    expect(said({ ...man, diabetes: false })).not.toContain("diabetes");
    expect(verdictOf({ ...man, "diabetes-age": 45 }, "score2")).toMatchObject({ outcome: "does-not" });
    expect(verdictOf({ ...man, "diabetes-type": "type-2" }, "score2")).toMatchObject({ outcome: "does-not" });
  });

  it("is none for type 1 diabetes below 70, and says when type 2 was taken for granted", () => {
    expect(appliesTo({ ...manWithDiabetes, "diabetes-type": "type-1" })).toEqual([]);
    const said = (person: Person) =>
      verdictOf(person, "score2-diabetes")
        ?.caveats.map(({ en }) => en)
        .join(" ");
    expect(said(manWithDiabetes)).toContain("type 2 is taken for granted");
    expect(said({ ...manWithDiabetes, "diabetes-type": "type-2" })).not.toContain("granted where the type");
  });

  it("is none with established disease, nor SCORE2 with familial hypercholesterolaemia", () => {
    for (const person of [man, { ...man, age: 75 }, manWithDiabetes, { ...manWithDiabetes, age: 75 }]) {
      expect(appliesTo({ ...person, "known-cardiovascular-disease": true })).toEqual([]);
    }
    expect(appliesTo({ ...man, "familial-hypercholesterolaemia": true })).toEqual([]);
  });

  it.each(Object.keys(man).filter((id) => id !== "age"))("is undetermined without %s, and names it", (id) => {
    const { [id as FactId]: _left, ...rest } = man;
    expect(verdictOf(rest, "score2")).toMatchObject({ outcome: "undetermined", missing: [id] });
  });

  it("asks for the age, and SCORE2-Diabetes for what it adds", () => {
    const { age: _age, ...ageless } = man;
    for (const rule of ["score2", "score2-op"]) {
      expect(verdictOf(ageless, rule)).toMatchObject({ outcome: "undetermined", missing: ["age"] });
    }
    for (const id of ["diabetes-age", "hba1c", "egfr"] as const) {
      const { [id]: _left, ...rest } = manWithDiabetes;
      expect(verdictOf(rest, "score2-diabetes")).toMatchObject({ outcome: "undetermined", missing: [id] });
      expect(verdictOf(rest, "score2")).toMatchObject({ outcome: "does-not" });
    }
  });
});

describe("the class", () => {
  it.each([
    [49.9, 2.49, "low-to-moderate"],
    [49.9, 2.5, "high"],
    [49.9, 7.49, "high"],
    [49.9, 7.5, "very-high"],
    [50, 4.99, "low-to-moderate"],
    [50, 5, "high"],
    [69.9, 9.99, "high"],
    [69.9, 10, "very-high"],
    [70, 7.49, "low-to-moderate"],
    [70, 7.5, "high"],
    [70, 14.99, "high"],
    [70, 15, "very-high"],
  ])("ESC 2021 at %d years and %d %%: %s", (age, percent, category) => {
    expect(escRiskClass(age, percent)).toBe(category);
  });

  it.each([
    [4.99, "low"],
    [5, "moderate"],
    [10, "high"],
    [19.99, "high"],
    [20, "very-high"],
  ])("ESC 2023 with diabetes at %d %%: %s", (percent, category) => {
    expect(diabetesRiskClass(percent)).toBe(category);
  });

  it("is handed on without diabetes only", () => {
    const derived = (person: Person) => evaluate(person).facts.get("score2-category");
    expect(derived(man)).toMatchObject({ value: "high", source: "rule score2/score2" });
    expect(derived({ ...man, age: 75 })).toMatchObject({ value: "very-high", source: "rule score2/score2-op" });
    expect(derived(manWithDiabetes)).toBeUndefined();
    expect(derived({ ...manWithDiabetes, age: 75 })).toBeUndefined();
  });

  it("stands beside what kidney disease says by itself", () => {
    const said = (person: Person, rule: string) =>
      verdictOf(person, rule)
        ?.caveats.map(({ en }) => en)
        .join(" ");
    expect(said({ ...man, egfr: 44.9 }, "score2")).toContain("eGFR below 45");
    expect(said({ ...man, egfr: 45 }, "score2")).not.toContain("eGFR");
    expect(said({ ...manWithDiabetes, egfr: 44.9 }, "score2-diabetes")).toContain("severe target-organ damage");
    expect(said(manWithDiabetes, "score2-diabetes")).not.toContain("organ");
  });
});

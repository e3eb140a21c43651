import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectFacts, readFact } from "../facts/parse-facts.ts";
import type { Condition } from "./condition.ts";
import { prepareTrace } from "./prepare-trace.ts";
import { missingFacts, truthOfCondition } from "./truth-of-condition.ts";
import type { Truth } from "./verdict.ts";

const smoker = (value: Truth) => (value === "unknown" ? [] : [readFact({ id: "current-smoker", value })]);
const diabetic = (value: Truth) => (value === "unknown" ? [] : [readFact({ id: "diabetes", value })]);
const smokes: Condition = { fact: "current-smoker", is: true };
const hasDiabetes: Condition = { fact: "diabetes", is: true };
/** The truth of a condition, which its trace must repeat. */
const truthOf = (condition: Condition, smoking: Truth, diabetes: Truth) => {
  const facts = collectFacts([...smoker(smoking), ...diabetic(diabetes)]);
  const truth = truthOfCondition(condition, facts);
  expect(prepareTrace(condition)(facts).truth).toBe(truth);
  return truth;
};

describe("Kleene's tables (Introduction to Metamathematics, section 64)", () => {
  it.each([
    { a: true, b: true, all: true, any: true },
    { a: true, b: false, all: false, any: true },
    { a: true, b: "unknown", all: "unknown", any: true },
    { a: false, b: false, all: false, any: false },
    { a: false, b: "unknown", all: false, any: "unknown" },
    { a: "unknown", b: "unknown", all: "unknown", any: "unknown" },
  ] as const)("$a, $b: all is $all, any is $any", ({ a, b, all, any }) => {
    for (const [first, second] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(truthOf({ all: [smokes, hasDiabetes] }, first, second)).toBe(all);
      expect(truthOf({ any: [smokes, hasDiabetes] }, first, second)).toBe(any);
    }
  });

  it.each([
    [true, false],
    [false, true],
    ["unknown", "unknown"],
  ] as const)("not %s is %s", (a, expected) => {
    expect(truthOf({ not: smokes }, a, "unknown")).toBe(expected);
  });

  it("keeps De Morgan's law whatever is known", () => {
    const truth = fc.constantFrom<Truth>(true, false, "unknown");
    fc.assert(
      fc.property(truth, truth, (a, b) => {
        const denied: Condition = { any: [{ not: smokes }, { not: hasDiabetes }] };
        expect(truthOf({ not: { all: [smokes, hasDiabetes] } }, a, b)).toBe(truthOf(denied, a, b));
      }),
    );
  });

  it("never changes a settled answer when more becomes known", () => {
    const truth = fc.constantFrom<Truth>(true, false, "unknown");
    const conditions = [
      { all: [smokes, hasDiabetes] },
      { any: [smokes, hasDiabetes] },
      { not: { any: [smokes, hasDiabetes] } },
    ];
    fc.assert(
      fc.property(truth, fc.boolean(), fc.constantFrom<Condition>(...conditions), (a, learnt, condition) => {
        const before = truthOf(condition, a, "unknown");
        if (before !== "unknown") expect(truthOf(condition, a, learnt)).toBe(before);
      }),
    );
  });
});

describe("comparisons", () => {
  const facts = collectFacts([readFact({ id: "age", value: 45, unit: "a" })]);
  it.each([
    [{ atLeast: 45 }, true, "age >= 45 a"],
    [{ above: 45 }, false, "age > 45 a"],
    [{ atMost: 45 }, true, "age <= 45 a"],
    [{ below: 45 }, false, "age < 45 a"],
    [{ atLeast: 40, below: 50 }, true, "age >= 40 a and age < 50 a"],
  ] as const)("%j", (bounds, truth, condition) => {
    expect(prepareTrace({ fact: "age", unit: "a", ...bounds })(facts)).toEqual({ truth, condition, received: 45 });
  });

  it("knows what was given and what was not", () => {
    expect(prepareTrace({ fact: "age", given: true })(facts).truth).toBe(true);
    expect(prepareTrace({ fact: "sex", given: true })(facts).truth).toBe(false);
    expect(prepareTrace({ fact: "sex", given: false })(facts).truth).toBe(true);
  });
});

describe("what is missing", () => {
  it("names the facts that could settle it, each once, and none that could not", () => {
    const condition: Condition = {
      all: [
        { any: [smokes, hasDiabetes] },
        {
          any: [
            { fact: "symptomatic", is: true },
            { fact: "sex", is: "male" },
          ],
        },
        { not: smokes },
      ],
    };
    const facts = collectFacts([readFact({ id: "sex", value: "male" })]);
    expect(missingFacts(condition, facts)).toEqual(["current-smoker", "diabetes"]);
  });

  it("names nothing once it is settled", () => {
    const facts = collectFacts([readFact({ id: "current-smoker", value: true })]);
    expect(missingFacts({ any: [smokes, hasDiabetes] }, facts)).toEqual([]);
  });
});

describe("a sensitive fact", () => {
  const isEither: Condition = {
    any: [
      { fact: "ethnicity", is: "black" },
      { fact: "ethnicity", is: "hispanic" },
    ],
  };
  const traceOf = (value: string) => prepareTrace(isEither)(collectFacts([readFact({ id: "ethnicity", value })]));

  it("shows neither its value nor what it was compared with", () => {
    expect(traceOf("hispanic").truth).toBe(true);
    expect(JSON.stringify(traceOf("hispanic"))).not.toMatch(/black|hispanic/);
    expect(JSON.stringify(traceOf("hispanic"))).toContain("withheld");
  });

  it("is not given away by which part of a group holds", () => {
    expect(traceOf("black")).toEqual({ truth: true, condition: "ethnicity is withheld", received: "withheld" });
    expect(traceOf("hispanic")).toEqual(traceOf("black"));
    expect(traceOf("white")).toEqual({ ...traceOf("black"), truth: false });
  });
});

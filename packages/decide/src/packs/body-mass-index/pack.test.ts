import { describe, expect, it } from "vitest";
import { evaluatePacks } from "../../engine/evaluate-packs.ts";
import { collectFacts, type GivenFact, readFact } from "../../facts/parse-facts.ts";
import { bodyMassIndex } from "./pack.ts";

const height: GivenFact = { id: "height", value: 1.75, unit: "m" };
const weight: GivenFact = { id: "weight", value: 70, unit: "kg" };
const evaluate = (...given: readonly GivenFact[]) => evaluatePacks([bodyMassIndex], collectFacts(given.map(readFact)));

describe("the body mass index", () => {
  it("is weight by height squared, handed on in kg/m²", () => {
    const { verdicts, facts } = evaluate(height, weight);
    // 70 / 1.75² = 70 / 3.0625.
    expect(verdicts[0].value?.["bodyMassIndexKgPerM2"]).toBeCloseTo(22.857142857, 9);
    expect(facts.get("bmi")).toMatchObject({ unit: "kg/m2", source: "rule body-mass-index/from-height-and-weight" });
  });

  it("names what is missing", () => {
    expect(evaluate(height).verdicts[0]).toMatchObject({ outcome: "undetermined", missing: ["weight"] });
    expect(evaluate().verdicts[0]).toMatchObject({ outcome: "undetermined", missing: ["height", "weight"] });
  });

  it("leaves a given one alone", () => {
    const { verdicts, facts } = evaluate(height, weight, { id: "bmi", value: 23, unit: "kg/m2" });
    expect(verdicts[0].outcome).toBe("does-not");
    expect(facts.get("bmi")).toMatchObject({ value: 23, source: "given" });
  });
});

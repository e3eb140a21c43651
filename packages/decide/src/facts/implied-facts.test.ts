import { describe, expect, it } from "vitest";
import { impliedFacts } from "./implied-facts.ts";
import { type GivenFact, parseFacts } from "./parse-facts.ts";

const implied = (...facts: readonly GivenFact[]) =>
  impliedFacts(parseFacts({ schema: "etalon.facts/1", facts })).map(({ id, value, source }) => [id, value, source]);

describe("what follows from a fact by its meaning", () => {
  it.each([
    [{ id: "diabetes-age", value: 50, unit: "a" }, [["diabetes", true, "fact diabetes-age"]]],
    [{ id: "diabetes-type", value: "type-1" }, [["diabetes", true, "fact diabetes-type"]]],
    [{ id: "diabetes-a-priori-risk", value: "high" }, [["diabetes", true, "fact diabetes-a-priori-risk"]]],
    [{ id: "statin", value: true }, [["lipid-medication", true, "fact statin"]]],
    [{ id: "statin", value: false }, []],
    [{ id: "lipid-medication", value: false }, [["statin", false, "fact lipid-medication"]]],
    [{ id: "lipid-medication", value: true }, []],
    [{ id: "hba1c", value: 60, unit: "mmol/mol" }, []],
  ] as const)("%j", (given, expected) => {
    expect(implied(given)).toEqual(expected);
  });

  it("is said once, and not where it was given", () => {
    const type: GivenFact = { id: "diabetes-type", value: "type-2" };
    expect(implied({ id: "diabetes-age", value: 50, unit: "a" }, type)).toHaveLength(1);
    expect(implied(type, { id: "diabetes", value: true })).toEqual([]);
  });
});

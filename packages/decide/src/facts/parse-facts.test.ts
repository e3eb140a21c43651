import { EtalonError } from "@etalon/base";
import { describe, expect, it } from "vitest";
import { factDefinitions } from "./definitions.ts";
import type { FactDefinition } from "./fact-definition.ts";
import { collectFacts, type GivenFact, parseFacts, readFact } from "./parse-facts.ts";

const parse = (...facts: readonly GivenFact[]) => parseFacts({ schema: "etalon.facts/1", facts });

function refused(value: unknown): EtalonError {
  try {
    parseFacts(value);
  } catch (error) {
    if (error instanceof EtalonError) return error;
  }
  throw new Error("was not refused");
}

function refusalOf(...facts: readonly GivenFact[]): { readonly code: string; readonly field: string } {
  const { code, field } = refused({ schema: "etalon.facts/1", facts });
  return { code, field };
}

describe("units", () => {
  // Molar mass of cholesterol 386.65 g/mol: 1 mmol/L is 38.67 mg/dL. IFCC = (NGSP - 2.15) x 10.929: 7 % is 53 mmol/mol.
  it.each([
    [{ id: "total-cholesterol", value: 5, unit: "mmol/L" }, 193.35, "mg/dL"],
    [{ id: "ldl-cholesterol", value: 190, unit: "mg/dL" }, 1.9, "g/L"],
    [{ id: "ldl-cholesterol", value: 3, unit: "mmol/L" }, 1.1601, "g/L"],
    [{ id: "systolic-blood-pressure", value: 14, unit: "cm[Hg]" }, 140, "mm[Hg]"],
    [{ id: "hba1c", value: 7, unit: "%" }, 53.005_65, "mmol/mol"],
    [{ id: "height", value: 1.72, unit: "m" }, 172, "cm"],
    [{ id: "haematocrit", value: 0.42, unit: "1" }, 42, "%"],
    [{ id: "field-strength", value: 1500, unit: "mT" }, 1.5, "T"],
    [{ id: "agatston-score", value: 100.5 }, 100.5, "[arb'U]"],
  ] as const)("%j", (given, value, unit) => {
    const fact = parse(given).get(given.id);
    expect(fact?.value).toBeCloseTo(value, 9);
    expect(fact?.unit).toBe(unit);
  });

  it("converts into a range that holds the definition's own bounds", () => {
    for (const [id, definition] of Object.entries<FactDefinition>(factDefinitions)) {
      if (definition.kind !== "number") continue;
      for (const value of [definition.minimum, definition.maximum]) {
        expect(
          parse(...(id === "troponin" ? [{ id: "troponin-assay", value: "hs-troponin-t" }] : []), {
            id,
            value,
            unit: definition.unit,
          }).has(id as keyof typeof factDefinitions),
        ).toBe(true);
      }
    }
  });
});

describe("refusals name the fact", () => {
  it.each([
    ["unknown-fact", "id", [{ id: "colour", value: "blue" }]],
    ["unknown-fact-unit", "age", [{ id: "age", value: 65 }]],
    ["unknown-fact-unit", "age", [{ id: "age", value: 65, unit: "kg" }]],
    ["unknown-fact-unit", "age", [{ id: "age", value: 65, unit: "constructor" }]],
    ["unknown-fact-unit", "diabetes", [{ id: "diabetes", value: true, unit: "1" }]],
    ["unknown-fact-value", "age", [{ id: "age", value: "old", unit: "a" }]],
    ["unknown-fact-value", "diabetes", [{ id: "diabetes", value: "yes" }]],
    ["unknown-fact-value", "sex", [{ id: "sex", value: "m" }]],
    ["unknown-fact-value", "vessel-count", [{ id: "vessel-count", value: 2.5 }]],
    ["unknown-fact-value", "shemesh-lm", [{ id: "shemesh-lm", value: 0.5 }]],
    ["out-of-range", "shemesh-lm", [{ id: "shemesh-lm", value: 4 }]],
    ["out-of-range", "age", [{ id: "age", value: -1, unit: "a" }]],
    ["out-of-range", "systolic-blood-pressure", [{ id: "systolic-blood-pressure", value: 1400, unit: "mm[Hg]" }]],
    [
      "contradictory-facts",
      "age",
      [
        { id: "age", value: 65, unit: "a" },
        { id: "age", value: 66, unit: "a" },
      ],
    ],
    [
      "contradictory-facts",
      "hdl-cholesterol",
      [
        { id: "hdl-cholesterol", value: 60, unit: "mg/dL" },
        { id: "total-cholesterol", value: 55, unit: "mg/dL" },
      ],
    ],
    [
      "contradictory-facts",
      "ldl-cholesterol",
      [
        { id: "ldl-cholesterol", value: 2.2, unit: "g/L" },
        { id: "total-cholesterol", value: 200, unit: "mg/dL" },
      ],
    ],
    [
      "contradictory-facts",
      "diabetes-age",
      [
        { id: "age", value: 50, unit: "a" },
        { id: "diabetes-age", value: 51, unit: "a" },
      ],
    ],
    [
      "contradictory-facts",
      "diabetes",
      [
        { id: "diabetes", value: false },
        { id: "diabetes-type", value: "type-2" },
      ],
    ],
    [
      "contradictory-facts",
      "lipid-medication",
      [
        { id: "statin", value: true },
        { id: "lipid-medication", value: false },
      ],
    ],
    [
      "contradictory-facts",
      "bmi",
      [
        { id: "bmi", value: 30, unit: "kg/m2" },
        { id: "height", value: 180, unit: "cm" },
        { id: "weight", value: 70, unit: "kg" },
      ],
    ],
  ] as const)("%s of %s", (code, field, facts) => {
    expect(refusalOf(...facts)).toEqual({ code, field });
  });

  it("refuses what is no facts document", () => {
    for (const value of [
      null,
      [],
      {},
      { schema: "etalon.facts/2", facts: [] },
      { schema: "etalon.facts/1", facts: [{}] },
    ]) {
      expect(() => parseFacts(value)).toThrow(expect.objectContaining({ code: "schema-mismatch" }));
    }
  });
});

describe("a fact that is badly written", () => {
  it.each([
    ["no number", '{"id":"age","value":null,"unit":"a"}', "age"],
    ["a number that is too large for a computer", '{"id":"age","value":1e999,"unit":"a"}', "age"],
    ["a day that does not exist", '{"id":"age","value":65,"unit":"a","date":"2026-02-30"}', "age"],
    ["something more than a fact has", '{"id":"age","value":65,"unit":"a","approximate":true}', "age"],
    ["no id", '{"value":65,"unit":"a"}', "facts.1.id"],
    ["an unknown id", '{"id":"__proto__","value":null}', "facts.1.value"],
  ])("is named: %s", (_what, fact, field) => {
    const facts = JSON.parse(`{"schema":"etalon.facts/1","facts":[{"id":"sex","value":"male"},${fact}]}`);
    expect(refused(facts)).toMatchObject({ code: "schema-mismatch", field });
  });
});

describe("a sensitive fact", () => {
  it.each([
    ["unknown-fact-value", [{ id: "ethnicity", value: "martian" }]],
    ["unknown-fact-value", [{ id: "ethnicity", value: true }]],
    [
      "contradictory-facts",
      [
        { id: "ethnicity", value: "hispanic", source: "martian" },
        { id: "ethnicity", value: "chinese" },
      ],
    ],
  ] as const)("is refused with %s, without being repeated", (code, facts) => {
    const error = refused({ schema: "etalon.facts/1", facts });
    expect(error).toMatchObject({ code, field: "ethnicity", received: "withheld" });
    // The five choices are no secret, which of them was given is.
    expect(error.message).not.toMatch(/martian|true/);
    if (code === "contradictory-facts") expect(error.message).not.toMatch(/hispanic|chinese/);
  });
});

it("reads a choice as others write it", () => {
  expect(parse({ id: "risk-region", value: "very_high" }).get("risk-region")?.value).toBe("very-high");
  expect(parse({ id: "bleeding-risk", value: false }).get("bleeding-risk")?.value).toBe("low");
  expect(parse({ id: "bleeding-risk", value: true }).get("bleeding-risk")?.value).toBe("high");
  expect(refusalOf({ id: "sex", value: true })).toEqual({ code: "unknown-fact-value", field: "sex" });
  expect(refusalOf({ id: "risk-region", value: "constructor" }).code).toBe("unknown-fact-value");
});

it("reads -0 as 0", () => {
  expect(Object.is(parse({ id: "agatston-score", value: -0 }).get("agatston-score")?.value, 0)).toBe(true);
});

it("converts mg/dL of LDL to the very number that g/L gives, so that no edge is missed", () => {
  for (let value = 5; value <= 1000; value++) {
    expect(parse({ id: "ldl-cholesterol", value, unit: "mg/dL" }).get("ldl-cholesterol")?.value).toBe(
      Number((value / 100).toFixed(2)),
    );
  }
});

it("takes the same fact twice as one", () => {
  expect(parse({ id: "age", value: 65, unit: "a" }, { id: "age", value: 65, unit: "a", source: "header" }).size).toBe(
    1,
  );
});

it("takes a body mass index that height and weight give after rounding", () => {
  // 70 kg / (1.80 m)² = 21.60 kg/m².
  const facts = [
    { id: "bmi", value: 22, unit: "kg/m2" },
    { id: "height", value: 180, unit: "cm" },
    { id: "weight", value: 70, unit: "kg" },
  ];
  expect(parse(...facts).size).toBe(3);
});

it("knows every fact that the issue names", () => {
  const named =
    "age sex ethnicity total-cholesterol hdl-cholesterol ldl-cholesterol systolic-blood-pressure diabetes current-smoker family-history-heart-attack premature-family-history lipid-medication blood-pressure-medication symptomatic agatston-score egfr bmi height weight hba1c diabetes-age statin risk-region bleeding-risk carotid-plaque";
  expect(Object.keys(factDefinitions)).toEqual(expect.arrayContaining(named.split(" ")));
});

it("takes two ages a year apart from two sources as one, the first; more is a contradiction", () => {
  const given = readFact({ id: "age", value: 65, unit: "a" });
  const header = (value: number) => readFact({ id: "age", value, unit: "a", source: "dicom-header" });
  expect(collectFacts([given, header(64)]).get("age")).toEqual(given);
  expect(() => collectFacts([given, header(63)])).toThrow(
    expect.objectContaining({ code: "contradictory-facts", field: "age" }),
  );
});

describe("a troponin", () => {
  const troponin = { id: "troponin", value: 0.052, unit: "ng/mL" };

  it("is read with its assay and unit: 0.052 ng/mL is 52 ng/L", () => {
    const facts = parse(troponin, { id: "troponin-assay", value: "hs-troponin-t" });
    expect(facts.get("troponin")).toMatchObject({ value: 52, unit: "ng/L" });
  });

  it("is refused without its assay, and without its unit", () => {
    expect(refusalOf(troponin)).toEqual({ code: "troponin-without-assay", field: "troponin-assay" });
    expect(refusalOf({ id: "troponin", value: 52 })).toEqual({ code: "unknown-fact-unit", field: "troponin" });
  });
});

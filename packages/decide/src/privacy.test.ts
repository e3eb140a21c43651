import { describe, expect, it } from "vitest";
import { catalog } from "./catalog.ts";
import { decide } from "./engine/decide.ts";
import { parseFacts } from "./facts/parse-facts.ts";

/** The man of reference 02, mesa.calc.0.100, to whom every equation that reads the ethnicity applies. */
const man = [
  { id: "age", value: 65, unit: "a" },
  { id: "sex", value: "male" },
  { id: "agatston-score", value: 100 },
  { id: "total-cholesterol", value: 210, unit: "mg/dL" },
  { id: "hdl-cholesterol", value: 45, unit: "mg/dL" },
  { id: "systolic-blood-pressure", value: 140, unit: "mm[Hg]" },
  ...[
    "diabetes",
    "current-smoker",
    "family-history-heart-attack",
    "lipid-medication",
    "blood-pressure-medication",
    "symptomatic",
  ].map((id) => ({ id, value: false })),
];

const said = (ethnicity?: string): string => {
  const sensitive =
    ethnicity === undefined ? [] : [{ id: "ethnicity", value: ethnicity, source: "said in confidence" }];
  return JSON.stringify(decide(catalog, parseFacts({ schema: "etalon.facts/1", facts: [...man, ...sensitive] })));
};

describe("ethnicity, in what every pack says", () => {
  it.each(["white", "black", "hispanic", "chinese"])("%s is read and not repeated", (ethnicity) => {
    const text = said(ethnicity);
    expect(text).toContain('"rule":"mesa-chd-risk/with-calcium","pack":"mesa-chd-risk","outcome":"applies"');
    // The texts speak of the White reference, whoever the person is.
    expect(text).not.toMatch(/black|hispanic|chinese|"white"|in confidence/i);
  });

  it("another than the study's four is as if nothing were given", () => {
    expect(said("other")).toBe(said());
  });
});

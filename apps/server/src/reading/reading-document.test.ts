import { describe, expect, test } from "vitest";
import { factFields } from "./fact-fields.ts";
import { protocolOf } from "./find-reading.ts";
import { readingDocumentSchema, refuseUnusable } from "./reading-document.ts";
import { seriesOfRole } from "./series-of-role.ts";

const protocol = protocolOf("coronary/calcium-score");
const documentOf = (part: object) => readingDocumentSchema.parse({ schema: "etalon.reading/1", ...part });
const factsOf = (...facts: readonly object[]) => ({ facts: { schema: "etalon.facts/1", facts } });

describe("a document", () => {
  test("that says nothing is one", () => {
    const { marks, parameters, numbers, facts, roles, sections, keyImages, measurements, language } = documentOf({});
    expect({ marks, parameters, numbers, facts, roles, sections, keyImages, measurements, language }).toEqual({
      ...{
        marks: null,
        parameters: {},
        numbers: {},
        facts: null,
        roles: {},
        sections: {},
        keyImages: [],
        measurements: [],
      },
      language: undefined,
    });
    expect(() => refuseUnusable(protocol, documentOf({}))).not.toThrow();
  });

  test("has what was drawn as it was sent", () => {
    const points = [
      [0, 0.5],
      [3, 4],
    ];
    const id = "0b6c1f4e-8f0d-4a53-9d7c-2f4f6f1c8a11";
    const measurements = [{ id, kind: "length", pictureId: "1.2.3/1", seriesInstanceUid: "1.2", points }];
    expect(documentOf({ measurements }).measurements).toEqual(measurements);
  });

  const sphere = { kind: "sphere", centerLpsMm: [0, 0, 0], radiusMm: 1 };
  const region = { id: "r1", label: "LAD", shape: sphere };
  test.each([
    [{ marks: { schema: "etalon.marks/2", regions: [region, region] } }, "schema-mismatch"],
    [{ parameters: { "no-such": 1 } }, "unknown-name"],
    [{ numbers: { weight: 80 } }, "unknown-name"],
    [{ roles: { heart: "1.2.3" } }, "unknown-name"],
    [factsOf({ id: "diabetes", value: "perhaps" }), "unknown-fact-value"],
    [factsOf({ id: "ethnicity", value: "white" }), "fact-not-kept"],
  ])("%j is refused: %s", (part, code) => {
    expect(() => refuseUnusable(protocol, documentOf(part))).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    { keyImages: Array.from({ length: 13 }, () => ({ sopInstanceUid: "1.2" })) },
    { keyImages: [{ sopInstanceUid: "1.2", window: { center: 40, width: 0 } }] },
    {
      measurements: [
        {
          id: "a",
          kind: "line",
          pictureId: "1.2/1",
          seriesInstanceUid: "1",
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    },
    {
      measurements: [
        {
          id: "a",
          kind: "length",
          pictureId: "x",
          seriesInstanceUid: "1",
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    },
    { measurements: [{ id: "a", kind: "length", pictureId: "1.2/1", seriesInstanceUid: "1", points: [[0, 0]] }] },
    { sections: { de: { findings: "x" } } },
    { sections: { fr: { findings: "\0" } } },
    { roles: { series: "CT" } },
  ])("%j is none", (part) => {
    expect(readingDocumentSchema.safeParse({ schema: "etalon.reading/1", ...part }).success).toBe(false);
  });
});

test("a role's choice may name a phase", () => {
  expect(["1.2.3", "1.2.3@12"].map(seriesOfRole)).toEqual(["1.2.3", "1.2.3"]);
});

test("facts of a protocol are what its rules read and nobody derives, each with its rules", () => {
  const fields = factFields(protocol);
  const of = (id: string) => fields.find((field) => field.id === id);
  expect(of("agatston-score")).toMatchObject({ from: "result", kind: "number" });
  expect(of("sex")).toMatchObject({ from: "images", choices: [{ id: "male" }, { id: "female" }] });
  expect(of("total-cholesterol")).toMatchObject({ unit: "mg/dL", units: ["mg/dL", "mmol/L", "g/L"], minimum: 40 });
  // The ladder of LDL derives it.
  expect(of("ldl-target")).toBeUndefined();
  for (const { rules } of fields) expect(rules.length).toBeGreaterThan(0);
});

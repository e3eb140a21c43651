import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog } from "../../catalog.ts";
import type { Given } from "../../engine/ask-rule.ts";
import { decide } from "../../engine/decide.ts";
import { definitionOf, type FactId, isFactId } from "../../facts/definitions.ts";
import { minocaFactDefinitions } from "../../facts/minoca-definitions.ts";
import { parseFacts } from "../../facts/parse-facts.ts";
import { type MinocaDesk, minocaDeskOf } from "../../minoca-desk-of.ts";
import { deskLineOf } from "./desk-line.ts";
import { minocaDesk } from "./pack.ts";

function verdictsOn(given: Given) {
  const facts = Object.entries(given).map(([id, value]) => {
    const definition = isFactId(id) ? definitionOf(id) : undefined;
    return definition?.kind === "number" ? { id, value, unit: definition.unit } : { id, value };
  });
  return decide(catalog, parseFacts({ schema: "etalon.facts/1", facts }), ["minoca-desk"]);
}

function deskOn(given: Given): MinocaDesk {
  const desk = minocaDeskOf(verdictsOn(given));
  if (desk === null) throw new Error("the desk was asked and is not there");
  return desk;
}

const namesOf = (desk: MinocaDesk, diagnosis: string, weight: "supports" | "against") =>
  (desk.columns.find((column) => column.diagnosis === diagnosis)?.[weight] ?? []).map(({ rule }) =>
    rule.slice("minoca-desk/".length),
  );

const missingOf = (desk: MinocaDesk) =>
  desk.missing.map(({ value }) => value?.["missingSequence"] ?? value?.["timing"]);

const open: Given = { "coronary-stenosis-max": 0 };

describe("three teaching cases", () => {
  // Reference 04a, minoca.workup: which finding goes with which diagnosis.
  it("myocarditis: subepicardial enhancement with oedema", () => {
    const desk = deskOn({
      ...open,
      "lge-pattern": "subepicardial",
      "t2-oedema-regional": true,
      "oedema-distribution": "non-coronary",
      "wall-motion": "normal",
      "pericarditis-signs": true,
    });
    expect(namesOf(desk, "myocarditis", "supports")).toEqual([
      "myocarditis-lake-louise",
      "myocarditis-enhancement",
      "myocarditis-pericardium",
    ]);
    expect(namesOf(desk, "myocarditis", "against")).toEqual([]);
    expect(namesOf(desk, "infarct", "supports")).toEqual([]);
    expect(namesOf(desk, "infarct", "against")).toEqual(["infarct-non-ischaemic-pattern"]);
    expect(namesOf(desk, "takotsubo", "against")).toEqual(["takotsubo-enhancement", "takotsubo-normal-motion"]);
    expect(missingOf(desk)).toEqual([]);
  });

  it("infarct: subendocardial enhancement with oedema of the same territory", () => {
    const desk = deskOn({
      ...open,
      "lge-pattern": "subendocardial",
      "t2-oedema-regional": true,
      "oedema-distribution": "coronary-territory",
      "wall-motion": "coronary-territory",
      "native-t1-raised": false,
    });
    expect(namesOf(desk, "infarct", "supports")).toEqual(["infarct-enhancement", "infarct-oedema"]);
    expect(namesOf(desk, "infarct", "against")).toEqual([]);
    expect(namesOf(desk, "myocarditis", "supports")).toEqual(["myocarditis-one-criterion"]);
    expect(namesOf(desk, "myocarditis", "against")).toEqual(["myocarditis-ischaemic-pattern"]);
    expect(namesOf(desk, "takotsubo", "against")).toEqual(["takotsubo-enhancement", "takotsubo-territory"]);
  });

  it("Takotsubo: ballooning and oedema without enhancement, recovered later", () => {
    const desk = deskOn({
      ...open,
      "lge-pattern": "none",
      "t2-mapping-raised": true,
      "oedema-distribution": "with-ballooning",
      "wall-motion": "apical-ballooning",
      "wall-motion-recovered": true,
      "lge-3d-done": true,
    });
    expect(namesOf(desk, "takotsubo", "supports")).toEqual([
      "takotsubo-ballooning",
      "takotsubo-oedema-without-scar",
      "takotsubo-recovery",
    ]);
    expect(namesOf(desk, "takotsubo", "against")).toEqual([]);
    expect(namesOf(desk, "infarct", "against")).toEqual(["infarct-no-enhancement"]);
    expect(missingOf(desk)).toEqual(["t1-map"]);
  });
});

describe("the gate", () => {
  it("is undetermined without known anatomy, closed from 50 % on, and compares nothing then", () => {
    expect(deskOn({ "lge-pattern": "subepicardial" })).toMatchObject({
      gate: "undetermined",
      gateVerdict: { outcome: "undetermined", missing: ["coronary-stenosis-max"] },
    });
    expect(deskOn({ "coronary-stenosis-max": 49.9 }).gate).toBe("open");
    const closed = deskOn({ "coronary-stenosis-max": 50, "lge-pattern": "subendocardial" });
    expect(closed.gate).toBe("closed");
    expect(closed.columns.flatMap(({ supports, against }) => [...supports, ...against])).toEqual([]);
  });

  it("never lets a finding or a missing sequence apply where the anatomy is unknown or obstructed", () => {
    const findings = Object.keys(minocaFactDefinitions).filter(isFactId);
    const anyValueOf = (id: FactId): fc.Arbitrary<number | string | boolean> => {
      const definition = definitionOf(id);
      if (definition.kind === "boolean") return fc.boolean();
      if (definition.kind === "choice") return fc.constantFrom(...Object.keys(definition.choices));
      return fc.double({ min: definition.minimum, max: definition.maximum, noNaN: true });
    };
    const anything = fc.record(Object.fromEntries(findings.map((id) => [id, anyValueOf(id)])), { requiredKeys: [] });
    const stenosis = fc.option(fc.double({ min: 50, max: 100, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(anything, stenosis, (given, percent) => {
        const anatomy = percent === undefined ? {} : { "coronary-stenosis-max": percent };
        const { verdicts } = verdictsOn({ ...given, ...anatomy });
        const applied = verdicts.filter(({ outcome }) => outcome === "applies").map(({ rule }) => rule);
        expect(applied).toEqual(percent === undefined ? [] : ["minoca-desk/obstructed"]);
        const desk = deskOn({ ...given, ...anatomy });
        expect(desk.columns.every(({ supports, against }) => supports.length + against.length === 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("what is missing", () => {
  it("names every sequence that nobody has read", () => {
    expect(missingOf(deskOn(open))).toEqual(["cine", "t2", "late-enhancement"]);
  });

  it("asks for a 3-D enhancement only where the standard one shows nothing", () => {
    const of = (given: Given) => missingOf(deskOn({ ...open, "native-t1-raised": false, ...given }));
    expect(of({ "lge-pattern": "none" })).toContain("late-enhancement-3d");
    expect(of({ "lge-pattern": "none", "lge-3d-done": true })).not.toContain("late-enhancement-3d");
    expect(of({ "lge-pattern": "subendocardial" })).not.toContain("late-enhancement-3d");
  });

  it.each([
    [7, false],
    [7.1, true],
  ])("at %d days the MR is late: %s", (days, isLate) => {
    expect(missingOf(deskOn({ ...open, "days-since-onset": days })).includes("late")).toBe(isLate);
  });
});

it("every line says its diagnosis and its weight in the name, and no diagnosis lacks a side", () => {
  const lines = minocaDesk.rules.flatMap((rule) => {
    const line = deskLineOf(rule);
    return line === undefined ? [] : [{ ...line, id: rule.id }];
  });
  for (const { id, diagnosis } of lines) expect(id).toContain(`minoca-desk/${diagnosis}-`);
  expect(new Set(lines.map(({ diagnosis, weight }) => `${diagnosis} ${weight}`)).size).toBe(6);
});

it("is opened by what a MINOCA is asked with, never by a calcium score alone", () => {
  const packsOf = (facts: readonly object[]) =>
    decide(catalog, parseFacts({ schema: "etalon.facts/1", facts })).packs.map(({ id }) => id);
  expect(packsOf([{ id: "agatston-score", value: 120 }])).not.toContain("minoca-desk");
  expect(packsOf([{ id: "coronary-stenosis-max", value: 20, unit: "%" }])).toContain("minoca-desk");
});

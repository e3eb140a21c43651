import { definitionOf, factDefinitions, isFactId, catalog as packs } from "@etalon/decide";
import { catalog } from "@etalon/measure";
import { describe, expect, it } from "vitest";
import type { Inline } from "../document/document.ts";
import { inlineText } from "./inline-text.ts";
import { shownUnit } from "./shown-unit.ts";

const number = (value: number, unit: string, digits = 0): Extract<Inline, { kind: "number" }> => ({
  kind: "number",
  value,
  unit,
  digits,
  origin: { kind: "fact", fact: "age" },
});

describe("inlineText", () => {
  it.each([
    [number(65, "a"), "65\u00A0ans", "65\u00A0years"],
    [number(1, "a"), "1\u00A0an", "1\u00A0year"],
    // French is singular below 2, English for 1 alone.
    [number(1.5, "a", 1), "1,5\u00A0an", "1.5\u00A0years"],
    [number(9.64, "%", 1), "9,6\u202F%", "9.6%"],
    [number(130, "[hnsf'U]"), "130\u00A0UH", "130\u00A0HU"],
    [number(1028.08, "[arb'U]", 1), "1\u202F028,1\u00A0UA", "1,028.1\u00A0AU"],
    [{ ...number(1028.08, "[arb'U]", 1), isUnitSaid: true }, "1\u202F028,1", "1,028.1"],
    [number(12, "%/a"), "12\u202F% par an", "12% per year"],
    [number(4, "{vessel}"), "4", "4"],
    [{ kind: "date", day: "2026-11-02" } as const, "02/11/2026", "2 November 2026"],
    [{ kind: "literal", text: "a : b's" } as const, "a : b's", "a : b's"],
  ])("of %o", (inline, fr, en) => {
    expect(inlineText(inline, "fr")).toBe(fr);
    expect(inlineText(inline, "en")).toBe(en);
  });
});

describe("shownUnit", () => {
  const units = new Set([
    ...Object.keys(factDefinitions).flatMap((id) => {
      const definition = isFactId(id) ? definitionOf(id) : undefined;
      return definition?.kind === "number" ? [definition.unit] : [];
    }),
    ...catalog.flatMap(({ outputs, parameters }) => [
      ...Object.values(outputs).map(({ unit }) => unit),
      ...Object.values(parameters).flatMap((parameter) => (parameter.kind === "number" ? [parameter.unit] : [])),
    ]),
    ...packs.flatMap(({ rules }) =>
      rules.flatMap(({ values }) => Object.values(values).map(({ unit }) => unit ?? "1")),
    ),
  ]);

  it("shows no UCUM of any fact, output, parameter or rule's value to a reader", () => {
    expect(units.size).toBeGreaterThan(10);
    for (const unit of units) {
      for (const language of ["en", "fr"] as const)
        expect(shownUnit(unit, language), unit).not.toMatch(/[[\]{}']|m2|m3/);
    }
  });
});

import { describe, expect, it } from "vitest";
import { fhirDay } from "./fhir-day.ts";
import { humanNames } from "./human-names.ts";

describe("a DICOM name", () => {
  // PS3.5 section 6.2.1.2, "Reverend John Robert Quincy Adams, B.A. M.Div."
  it("gives its components to FHIR's", () => {
    expect(humanNames({ Alphabetic: "Adams^John Robert Quincy^^Rev.^B.A. M.Div." })).toEqual([
      {
        text: "Rev. John Robert Quincy Adams B.A. M.Div.",
        family: "Adams",
        given: ["John Robert Quincy"],
        prefix: ["Rev."],
        suffix: ["B.A. M.Div."],
      },
    ]);
  });

  it("keeps accents, hyphens and a middle name", () => {
    expect(humanNames({ Alphabetic: "Lefèvre-Desnoyers^Anne-Françoise^Gaëlle" })).toEqual([
      {
        text: "Anne-Françoise Gaëlle Lefèvre-Desnoyers",
        family: "Lefèvre-Desnoyers",
        given: ["Anne-Françoise", "Gaëlle"],
      },
    ]);
  });

  // PS3.5 annex H.3.
  it("is one name in each script", () => {
    const names = humanNames({ Alphabetic: "Yamada^Tarou", Ideographic: "山田^太郎", Phonetic: "やまだ^たろう" });
    expect(names.map(({ family, given, extension }) => [family, given?.[0], extension?.[0]?.valueCode])).toEqual([
      ["Yamada", "Tarou", undefined],
      ["山田", "太郎", "IDE"],
      ["やまだ", "たろう", "SYL"],
    ]);
  });

  it("is none where it is empty", () => {
    expect(humanNames({})).toEqual([]);
    expect(humanNames({ Alphabetic: "^^^^" })).toEqual([]);
    expect(humanNames({ Alphabetic: "Doe" })).toEqual([{ text: "Doe", family: "Doe" }]);
  });
});

describe("a DICOM date", () => {
  it.each([
    ["19610314", "1961-03-14"],
    ["20240229", "2024-02-29"],
    ["20000229", "2000-02-29"],
    ["19000229", undefined],
    ["20230229", undefined],
    ["20230431", undefined],
    ["20231301", undefined],
    ["20230001", undefined],
    ["20230100", undefined],
    ["00000101", undefined],
    ["2023-01-01", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is the day %j", (date, day) => {
    expect(fhirDay(date)).toBe(day);
  });
});

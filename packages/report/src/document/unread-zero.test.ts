import { parseMarks } from "@etalon/measure";
import { measurePhantom } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReportInput } from "../report-input.ts";
import { sampleReportInput } from "../testing/sample-report-input.ts";
import { inlineText } from "../text/inline-text.ts";
import { buildReport } from "./build-report.ts";
import type { Line } from "./document.ts";
import { buildPatientPage } from "./patient/build-patient-page.ts";

let input: ReportInput;

beforeAll(async () => {
  // The phantom has calcium in four arteries; these marks name none of it.
  const marks = parseMarks({ schema: "etalon.marks/1", revision: 1, author: { name: "reader" }, regions: [] });
  input = sampleReportInput((await measurePhantom({ marks })).result);
});

const shown = (line: Line) => line.map((inline) => inlineText(inline, "fr")).join("");

function pairsOf(section: string): Map<string, string> {
  const blocks = buildReport(input).sections.find(({ id }) => id === section)?.blocks ?? [];
  return new Map(
    blocks.flatMap((block) =>
      block.kind === "pairs" ? block.pairs.map(({ name, value }) => [name.fr, shown(value)] as const) : [],
    ),
  );
}

function paragraphsOf(section: string): readonly string[] {
  const blocks = buildReport(input).sections.find(({ id }) => id === section)?.blocks ?? [];
  return blocks.flatMap((block) => (block.kind === "paragraph" ? [shown(block.line)] : []));
}

describe("a score of 0 whose marks leave proposed lesions out", () => {
  it("is no percentile: the share of people who have calcium is called so", () => {
    const pairs = pairsOf("results");
    expect([...pairs.keys()]).not.toContain("Percentile selon l'âge, le sexe et l'origine");
    expect([...pairs].find(([name]) => name.startsWith("Part des semblables"))?.[1]).toMatch(/^\d+\s%$/);
  });

  it("is concluded with what the marks leave out", () => {
    const { details } = input.result.quality.find(({ code }) => code === "candidates-not-assigned") ?? {};
    expect(paragraphsOf("conclusion").join("\n")).toMatch(
      new RegExp(`Sous réserve\\s: ${String(details?.lesions)} lésions proposées`),
    );
  });

  it("is no good news to the patient", () => {
    const blocks = buildPatientPage(input).sections.flatMap((section) => section.blocks);
    expect(JSON.stringify(blocks)).not.toContain("nouvelle rassurante");
    expect(JSON.stringify(blocks)).toContain("à lire avec prudence");
  });

  it("has no row for a scale that is not for it, which stands among what does not apply", () => {
    const tables = buildReport(input).sections.flatMap((section) =>
      section.blocks.flatMap((block) => (block.kind === "table" ? [block] : [])),
    );
    const rowsOf = (caption: RegExp) =>
      tables.filter((table) => caption.test(table.caption.fr)).flatMap(({ rows }) => rows.map((row) => row.map(shown)));
    const other = "CAC-DRS, grade seul";
    expect(rowsOf(/^Catégorie/).map(([name]) => name)).not.toContain(other);
    expect(rowsOf(/ne s'applique pas/).map(([name]) => name)).toContain(other);
  });

  it("says once that no choice of method changes it", () => {
    expect(paragraphsOf("results").join("\n")).toMatch(/changerait la catégorie\. Le score resterait 0,0\sUA\.$/m);
  });
});

describe("who is examined", () => {
  it("is said by age and by the sex that the rules were given, where the images say neither", () => {
    const { name, id } = input.context.patient;
    const context = {
      ...input.context,
      patient: { ...(name === undefined ? {} : { name }), ...(id === undefined ? {} : { id }) },
    };
    for (const { header } of [buildReport({ ...input, context }), buildPatientPage({ ...input, context })]) {
      const pairs = new Map(header.map(({ name, value }) => [name.fr, shown(value)]));
      // Born on 14 March 1961, examined on 22 November 2026.
      expect(pairs.get("Âge")).toMatch(/^65\sans$/);
      expect(pairs.has("Date de naissance")).toBe(false);
    }
    const report = buildReport({ ...input, context });
    expect(report.header.map(({ name, value }) => `${name.fr} ${shown(value)}`)).toContain("Sexe féminin");
  });
});

describe("images with contrast that an override let through", () => {
  it("are not called images without contrast", () => {
    expect(pairsOf("technique").get("Examen")).toContain("sans injection");
    const note = { code: "contrast-overridden", severity: "warning" as const, details: { reason: "essai" } };
    const result = { ...input.result, quality: [...input.result.quality, note] };
    const technique = buildReport({ ...input, result }).sections.find(({ id }) => id === "technique");
    expect(JSON.stringify(technique)).not.toContain("sans injection");
    expect(JSON.stringify(technique)).toContain("essai");
  });
});

import type { Verdicts } from "@etalon/decide";
import { type MeasuredPhantom, measurePhantom, outputValue, runStudy } from "@etalon/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReportInput } from "../report-input.ts";
import { partsOfDocument } from "../testing/parts-of-document.ts";
import { sampleReportInput } from "../testing/sample-report-input.ts";
import { inlineText } from "../text/inline-text.ts";
import { buildReport } from "./build-report.ts";
import type { Line, Origin, ReportDocument } from "./document.ts";

let marked: MeasuredPhantom;
let input: ReportInput;
let document: ReportDocument;
let provisional: ReportDocument;

beforeAll(async () => {
  marked = await measurePhantom();
  input = sampleReportInput(marked.result);
  document = buildReport(input);
  provisional = buildReport(sampleReportInput((await measurePhantom({ marks: null })).result));
});

const section = (of: ReportDocument, id: string) => of.sections.find((one) => one.id === id);
const shown = (line: Line) => line.map((inline) => inlineText(inline, "en")).join("");

describe("buildReport", () => {
  it("follows the French order, then says what guidance makes of it and how it was made", () => {
    expect(document.sections.map(({ id }) => id)).toEqual(
      "indication technique results conclusion guidance sensitivity method recipe ledger".split(" "),
    );
  });

  it("gives the same document for the same input, named for the result", () => {
    expect(buildReport(input)).toEqual(document);
    expect(document.id).toBe(`report-${marked.result.digest.slice(0, 16)}`);
  });

  it("says first that a result is provisional, again in the conclusion and beside the guidance", () => {
    expect(provisional.sections[0]?.id).toBe("provisional");
    const conclusion = section(provisional, "conclusion")?.blocks ?? [];
    expect(conclusion.some((block) => block.kind === "paragraph" && /Provisional/.test(shown(block.line)))).toBe(true);
    const notices = section(provisional, "guidance")?.blocks.filter(({ kind }) => kind === "notice") ?? [];
    expect(notices.length).toBeGreaterThan(0);
    expect(section(document, "provisional")).toBeUndefined();
  });

  it("concludes with the total, its category and its percentile", () => {
    const [first] = section(document, "conclusion")?.blocks ?? [];
    const line = first?.kind === "paragraph" ? first.line : [];
    const total = outputValue(marked.result, "agatston-score");
    expect(line).toContainEqual(expect.objectContaining({ kind: "number", value: total }));
    expect(shown(line)).toMatch(
      /^Agatston score: [\d,.]+.AU, category .+\. Percentile for age, sex and ethnicity \(MESA\): \d+\.$/,
    );
  });

  it("lists each site, each lesion and the total with the values of the result", () => {
    const results = section(document, "results")?.blocks ?? [];
    const tables = results.flatMap((block) => (block.kind === "table" ? [block] : []));
    const lesions = tables.find(({ caption }) => caption.en.startsWith("By lesion"));
    expect(lesions?.rows).toHaveLength(outputValue(marked.result, "lesion-count") ?? -1);
    const sites = tables.find(({ caption }) => caption.en === "By artery");
    expect(sites?.rows.map(([heading]) => shown(heading ?? []))).toEqual([
      "Left main (LM)",
      "Left anterior descending (LAD)",
      "Left circumflex (LCx)",
      "Right coronary (RCA)",
      "Total",
    ]);
  });

  it("groups guidance by outcome, with a card for each rule that applies or lacks a fact", () => {
    const verdicts = input.verdicts?.verdicts ?? [];
    const cards =
      section(document, "guidance")?.blocks.flatMap((block) => (block.kind === "card" ? [block.card] : [])) ?? [];
    const expected = verdicts.filter(
      ({ pack, outcome, kind }) =>
        pack !== "calcium-categories" &&
        (outcome === "applies" || (outcome === "undetermined" && (kind === "guideline" || kind === "consensus"))),
    );
    expect(cards.map(({ rule }) => rule).sort()).toEqual(expected.map(({ rule }) => rule).sort());
    const outcomes = cards.map(({ outcome }) => shown(outcome).startsWith("Applies"));
    expect(outcomes.lastIndexOf(true)).toBeLessThan(outcomes.indexOf(false));
    for (const { source } of cards)
      expect(shown(source)).toMatch(/(class |level of evidence ).* · checked .*, again by /);
  });

  it("has a row for every other rule, for every document, and for every fact", () => {
    const tables =
      section(document, "guidance")?.blocks.flatMap((block) => (block.kind === "table" ? [block] : [])) ?? [];
    const cards = section(document, "guidance")?.blocks.filter(({ kind }) => kind === "card") ?? [];
    const verdicts = input.verdicts?.verdicts ?? [];
    const named = (captions: RegExp) => tables.flatMap(({ caption, rows }) => (captions.test(caption.en) ? rows : []));
    const rows = named(/lack a fact|does not apply/);
    const scales = verdicts.filter(({ pack, outcome }) => pack === "calcium-categories" && outcome !== "does-not");
    expect(cards.length + rows.length + scales.length).toBe(verdicts.length);
    const citations = verdicts.flatMap(({ outcome, source }) => (outcome === "does-not" ? [] : [source.citation]));
    expect(named(/^Sources$/)).toHaveLength(new Set(citations).size);
    for (const row of rows) expect(shown(row.at(-1) ?? [])).not.toBe("");
    expect(tables.at(-1)?.rows).toHaveLength(input.verdicts?.facts.length ?? -1);
  });

  it("does without verdicts, patient, indication and images", async () => {
    const { indication: _, ...rest } = input;
    const bare = buildReport({ ...rest, verdicts: null, context: { patient: {}, study: { instanceUid: "" } } });
    expect(section(bare, "guidance")).toBeUndefined();
    expect(bare.header.map(({ value }) => shown(value))).toContain("not stated");
    const velocities = { "peak-systolic-velocity": 60, "end-diastolic-velocity": 18 };
    const readFrame = () => Promise.reject(new Error("no frame"));
    const result = await runStudy(
      { received: [], readFrame },
      { protocol: "vascular/doppler-resistive-index", numbers: velocities },
    );
    const doppler = buildReport(sampleReportInput(result));
    // (60 - 18) / 60 = 0.7
    expect(partsOfDocument(doppler).inlines.map((inline) => inlineText(inline, "fr"))).toContain("0,70");
    expect(section(doppler, "ledger")).toBeUndefined();
  });

  it("lists the largest of very many lesions and says how many it leaves to the result", () => {
    const code = { value: "c", scheme: "99ETALON", meaning: "m" } as const;
    const lesions = Array.from({ length: 130 }, (_, at) => ({
      id: "agatston-score",
      value: at + 1,
      unit: "[arb'U]",
      item: `L${at + 1}`,
      code,
    }));
    const outputs = [...marked.result.outputs.filter(({ item }) => item === undefined), ...lesions];
    const many = buildReport({ ...input, result: { ...marked.result, outputs } });
    const table = section(many, "results")?.blocks.find(
      (block) => block.kind === "table" && block.caption.en.startsWith("By lesion"),
    );
    expect(table?.kind === "table" ? shown(table.rows[0]?.[0] ?? []) : "").toBe("L31");
    expect(JSON.stringify(many)).toContain('"30"');
  });
});

describe("every number", () => {
  it("leads back to the value it has in the result, a verdict or a fact", () => {
    for (const one of [document, provisional]) {
      const numbers = partsOfDocument(one).inlines.filter((inline) => inline.kind === "number");
      expect(numbers.length).toBeGreaterThan(60);
    }
    for (const { value, origin } of partsOfDocument(document).inlines.filter((inline) => inline.kind === "number")) {
      expect(valueAt(origin, input), JSON.stringify(origin)).toBe(value);
    }
  });
});

describe("every text", () => {
  it("stands in both languages, and is another in each but for names and short words", () => {
    for (const one of [document, provisional]) {
      const { texts } = partsOfDocument(one);
      expect(texts.length).toBeGreaterThan(200);
      for (const { en, fr } of texts) {
        expect(`${en}${fr}`).not.toMatch(/undefined|NaN|\[object/);
        expect(en === "", fr).toBe(fr === "");
        if (/\p{L}{3,}.* .*\p{L}{3,}.* /u.test(en) && !/\d{4};\d+/.test(en)) expect(fr).not.toBe(en);
      }
    }
  });
});

describe("a sensitive fact", () => {
  it("is nowhere in the document, which says that it is needed again", () => {
    const text = JSON.stringify(document);
    expect(input.verdicts?.verdicts.some(({ needsAgain }) => needsAgain?.includes("ethnicity"))).toBe(true);
    expect(text).not.toMatch(/"White"|"blanche"/);
    expect(text).toContain("can be replayed only with it given again");
  });

  it("is not given away by curves: those of age and sex alone are drawn", () => {
    const [chart] = partsOfDocument(document).charts.filter(({ kind }) => kind === "percentile-curve");
    expect(chart?.title.en).toContain("Hoff");
    const asked = buildReport({ ...input, percentileStratum: { sex: "female", ethnicity: "white" } });
    expect(partsOfDocument(asked).charts.find(({ kind }) => kind === "percentile-curve")?.title.en).toContain("MESA");
  });
});

/** The value that an origin names. */
function valueAt(
  origin: Origin,
  { result, verdicts }: { result: ReportInput["result"]; verdicts: Verdicts | null },
): unknown {
  switch (origin.kind) {
    case "result":
      return result.outputs.find(
        ({ id, site, item }) => id === origin.output && site === origin.site && item === origin.item,
      )?.value;
    case "verdict":
      return verdicts?.verdicts.find(({ rule }) => rule === origin.rule)?.value?.[origin.key];
    case "fact":
      return verdicts?.facts.find(({ id }) => id === origin.fact)?.value;
    case "sensitivity":
      return result.sensitivity.find(
        ({ parameter, choice, output }) =>
          parameter === origin.parameter && choice === origin.choice && output === origin.output,
      )?.value;
    case "record":
      return origin.path.split(".").reduce<unknown>((value, key) => {
        const members: unknown = value;
        return typeof members === "object" && members !== null && key in members
          ? Reflect.get(members, key)
          : undefined;
      }, result);
  }
}

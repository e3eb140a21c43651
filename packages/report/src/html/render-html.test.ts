import type { Language } from "@etalon/base";
import { type MeasuredPhantom, measurePhantom } from "@etalon/testing";
import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import { buildReport } from "../document/build-report.ts";
import type { Line, ReportDocument } from "../document/document.ts";
import { originId } from "../document/origin-id.ts";
import { buildPatientPage } from "../document/patient/build-patient-page.ts";
import type { KeyImage } from "../report-input.ts";
import { partsOfDocument } from "../testing/parts-of-document.ts";
import { sampleReportInput } from "../testing/sample-report-input.ts";
import { inlineText } from "../text/inline-text.ts";
import { typeset } from "../text/typeset.ts";
import { renderHtml } from "./render-html.ts";

/** The first bytes of a PNG: what is shown of a picture is the browser's affair. */
const keyImage: KeyImage = {
  id: "lesion-L1",
  item: "L1",
  site: "RCA",
  width: 2,
  height: 1,
  rgb: new Uint8Array(6),
  png: Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
};

let marked: MeasuredPhantom;
let report: ReportDocument;
let page: ReportDocument;

beforeAll(async () => {
  marked = await measurePhantom();
  const input = sampleReportInput(marked.result, [keyImage]);
  report = buildReport(input);
  page = buildPatientPage(input);
});

const parsed = (html: string) => parseHTML(html).document;
const documentOf = (line: Line): ReportDocument => ({
  id: "report-0",
  title: { en: "T", fr: "T" },
  header: [],
  sections: [{ id: "s", title: { en: "S", fr: "S" }, blocks: [{ kind: "paragraph", line }] }],
  footer: [],
  resultDigest: "0",
  createdAt: "2026-11-22T00:00:00Z",
});

describe.each<Language>(["en", "fr"])("renderHtml in %s", (language) => {
  it("is one page that loads nothing and runs nothing", () => {
    for (const html of [renderHtml(report, language), renderHtml(page, language)]) {
      expect(html).toMatch(/^<!doctype html>\n<html lang="(en|fr)">/);
      expect(html).toContain(`<html lang="${language}">`);
      const document = parsed(html);
      expect(document.querySelectorAll("script, link, iframe, object, embed, base, form")).toHaveLength(0);
      for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
          expect(name).not.toMatch(/^on/);
          if (name === "src") expect(value).toMatch(/^data:image\/png;base64,/);
          if (/^(srcset|data|poster|action|xlink:href|background)$/.test(name) && element.localName !== "data") {
            expect.unreachable(`${element.localName} ${name}`);
          }
        }
      }
      const style = document.querySelector("style")?.textContent ?? "";
      expect(style).not.toMatch(/url\(|@import|@font-face/);
      for (const link of document.querySelectorAll("a")) {
        expect(link.getAttribute("href")).toMatch(/^https:\/\/doi\.org\/10\.|^https?:\/\//);
      }
    }
  });

  it("gives each number an id of its own, with its unrounded value", () => {
    const document = parsed(renderHtml(report, language));
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const numbers = partsOfDocument(report).inlines.filter((inline) => inline.kind === "number");
    const elements = [...document.querySelectorAll("data")];
    expect(elements).toHaveLength(numbers.length);
    const values = new Map(numbers.map(({ origin, value }) => [originId(origin), value]));
    for (const element of elements) {
      expect(Number(element.getAttribute("value"))).toBe(values.get(element.id.replace(/~\d+$/, "")));
    }
  });

  it("resolves each id of a result's number to the output of that very value", () => {
    const outputs = new Map(
      marked.result.outputs.map(({ id, site, item, value }) => [
        originId({
          kind: "result",
          output: id,
          ...(site === undefined ? {} : { site }),
          ...(item === undefined ? {} : { item }),
        }),
        value,
      ]),
    );
    expect(outputs.size).toBe(marked.result.outputs.length);
    const shown = [...parsed(renderHtml(report, language)).querySelectorAll("data")].filter(({ id }) =>
      id.startsWith("result."),
    );
    // Every output is in the report: totals, sites, lesions.
    expect(new Set(shown.map(({ id }) => id.replace(/~\d+$/, "")))).toEqual(new Set(outputs.keys()));
    for (const element of shown) {
      expect(Number(element.getAttribute("value"))).toBe(outputs.get(element.id.replace(/~\d+$/, "")));
    }
  });

  it("says everything of the document, and nothing in the other language", () => {
    const other = language === "fr" ? "en" : "fr";
    for (const one of [report, page]) {
      const text = parsed(renderHtml(one, language)).querySelector("body")?.textContent ?? "";
      const { texts, inlines } = partsOfDocument(one);
      for (const inline of inlines) expect(text).toContain(inlineText(inline, language));
      const literals = inlines.flatMap((inline) => (inline.kind === "literal" ? [inline.text] : []));
      const own = [...texts.map((each) => typeset(each[language], language)), ...literals].join("\n");
      const foreign = texts
        .map((each) => typeset(each[other], other))
        .filter((each) => /\p{L}{4,} \p{L}{3,}/u.test(each));
      expect(foreign.length).toBeGreaterThan(3);
      for (const sentence of foreign) if (!own.includes(sentence)) expect(text).not.toContain(sentence);
      expect(text).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    }
  });

  it("has the structure that assistive technology reads", () => {
    const document = parsed(renderHtml(report, language));
    expect(document.querySelectorAll("h1, main, body > header, body > footer")).toHaveLength(4);
    for (const table of document.querySelectorAll("table")) {
      expect(table.querySelector("caption")?.textContent).not.toBe("");
      for (const head of table.querySelectorAll("th")) expect(head.getAttribute("scope")).toMatch(/^(col|row)$/);
    }
    for (const picture of document.querySelectorAll("img")) expect(picture.getAttribute("alt")).toMatch(/L1/);
    for (const chart of document.querySelectorAll("svg")) expect(chart.getAttribute("role")).toBe("img");
    expect(document.querySelectorAll("img")).toHaveLength(1);
    expect(document.querySelectorAll("svg").length).toBeGreaterThan(2);
  });
});

describe("what comes from outside", () => {
  const hostile = `</style></data><script>alert("1")</script>&amp;'\u0000`;

  it("is escaped wherever it stands", () => {
    const line: Line = [
      { kind: "literal", text: hostile },
      { kind: "literal", text: hostile, isCode: true },
      { kind: "text", text: { en: hostile, fr: hostile } },
      {
        kind: "number",
        value: 1,
        unit: hostile,
        digits: 0,
        origin: { kind: "result", output: hostile, site: hostile },
      },
      { kind: "link", text: hostile, url: "javascript:alert(1)" },
    ];
    const document = { ...documentOf(line), title: { en: hostile, fr: hostile }, footer: line, resultDigest: hostile };
    const html = renderHtml({ ...document, header: [{ name: { en: hostile, fr: hostile }, value: line }] }, "fr");
    expect(parsed(html).querySelectorAll("script, [href^=javascript]")).toHaveLength(0);
    expect(html).not.toMatch(/<script|javascript:/);
    expect(html).not.toContain("\u0000");
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain("&lt;script&gt;");
  });

  it("is typed as its reader's language asks", () => {
    const line: Line = [
      {
        kind: "number",
        value: 1028.08,
        unit: "[arb'U]",
        digits: 1,
        origin: { kind: "result", output: "agatston-score" },
      },
      { kind: "date", day: "2026-11-22" },
    ];
    const [fr, en] = [renderHtml(documentOf(line), "fr"), renderHtml(documentOf(line), "en")];
    const id = 'id="result.agatston-score" value="1028.08"';
    expect(fr).toContain(`<data ${id} data-unit="[arb&#39;U]">1\u202F028,1\u00A0UA</data>`);
    expect(en).toContain(`<data ${id} data-unit="[arb&#39;U]">1,028.1\u00A0AU</data>`);
    expect(fr).toContain('<time datetime="2026-11-22">22/11/2026</time>');
    expect(en).toContain('<time datetime="2026-11-22">22 November 2026</time>');
  });
});

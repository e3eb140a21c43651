import type { Language } from "@etalon/base";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { Chart } from "../document/document.ts";
import { chartSvg } from "./chart-svg.ts";

const common = {
  title: { en: "A <title> & more", fr: "Un <titre> & plus" },
  description: { en: "What it shows: all", fr: "Ce qu'il montre : tout" },
};
const percentiles: Chart = {
  ...common,
  kind: "percentile-curve",
  curves: [
    {
      percentile: 50,
      points: [
        [45, 0],
        [60, 20],
        [84, 300],
      ],
    },
    {
      percentile: 90,
      points: [
        [45, 30],
        [60, 400],
        [84, 2000],
      ],
    },
  ],
  patient: { age: 65, score: 1028.1 },
};
const risks: Chart = {
  ...common,
  kind: "risk-bars",
  bars: [
    { label: { en: "Without", fr: "Sans" }, percent: 9.64, origin: { kind: "verdict", rule: "r", key: "a" } },
    { label: { en: "With", fr: "Avec" }, percent: 23.4, origin: { kind: "verdict", rule: "r", key: "b" } },
  ],
};
const strip: Chart = {
  ...common,
  kind: "sensitivity-strip",
  unit: "[arb'U]",
  reference: 98,
  edges: [100],
  points: ["8", "4"].map((choice, at) => ({
    label: { en: `Neighbours: ${choice}`, fr: `Voisins : ${choice}` },
    value: 98 + 6 * at,
    changesCategory: at === 1,
    origin: { kind: "sensitivity", parameter: "connectivity", choice, output: "agatston-score" },
  })),
};
const curves: Chart = {
  ...common,
  kind: "time-curves",
  unit: "1",
  inputDividedBy: 10,
  curves: [
    {
      role: "input",
      label: { en: "Input", fr: "Entrée" },
      points: [
        [0, 0],
        [5, 40],
        [10, 5],
      ],
    },
    {
      role: "whole",
      label: { en: "Myocardium", fr: "Myocarde" },
      points: [
        [0, 0],
        [5, 2],
        [10, 3.5],
      ],
    },
  ],
};
const charts = [percentiles, risks, strip, curves];

const drawn = (chart: Chart, language: Language) => parseHTML(chartSvg(chart, language)).document;

describe.each(charts)("the chart $kind", (chart) => {
  it.each<Language>(["en", "fr"])(
    "stands alone in %s: no style sheet, no class, nothing from elsewhere",
    (language) => {
      const svg = chartSvg(chart, language);
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).not.toMatch(
        /<style|class=|currentColor|var\(|url\(|href|<script|<image|<foreignObject|NaN|undefined/,
      );
      expect(svg).toBe(chartSvg(chart, language));
    },
  );

  it.each<Language>(["en", "fr"])("tells its title and description in %s to who does not see it", (language) => {
    const root = drawn(chart, language).querySelector("svg");
    expect(root?.getAttribute("role")).toBe("img");
    expect(root?.firstElementChild?.localName).toBe("title");
    expect(root?.querySelector("title")?.textContent).toBe(
      language === "fr" ? "Un <titre> & plus" : "A <title> & more",
    );
    expect(root?.querySelector("desc")?.textContent).toContain(language === "fr" ? "montre\u202F: tout" : "shows: all");
  });
});

const words = (chart: Chart, language: Language) =>
  [...drawn(chart, language).querySelectorAll("text")].map(({ textContent }) => textContent);

describe("words and numbers", () => {
  it("are in the language of the reader", () => {
    expect(words(percentiles, "fr")).toEqual(
      expect.arrayContaining(["Âge (ans)", "1\u202F000", "50e", "90e", "cet examen"]),
    );
    expect(words(percentiles, "en")).toEqual(
      expect.arrayContaining(["Age (years)", "1,000", "50th", "90th", "this scan"]),
    );
    expect(words(risks, "fr")).toEqual(expect.arrayContaining(["Sans", "Avec", "9,6\u202F%", "23,4\u202F%"]));
    expect(words(risks, "en")).toEqual(expect.arrayContaining(["Without", "With", "9.6%", "23.4%"]));
    expect(words(strip, "fr")).toEqual(
      expect.arrayContaining(["Score (UA)", "ce compte rendu", "limite de catégorie 100", "Voisins\u202F: 8"]),
    );
    expect(words(curves, "fr")).toEqual(
      expect.arrayContaining(["Rehaussement", "Entrée ÷ 10", "Myocarde", "Temps (s)"]),
    );
    expect(words(curves, "en")).toEqual(expect.arrayContaining(["Enhancement", "Input ÷ 10", "Time (s)"]));
    expect(words(strip, "en")).toEqual(
      expect.arrayContaining(["Score (AU)", "this report", "category edge 100", "Neighbours: 4"]),
    );
  });
});

describe("what colour tells", () => {
  it("is told by shape as well: dashes of curves, the mark of a choice that changes the category", () => {
    const dashes = [...drawn(percentiles, "en").querySelectorAll("g[stroke-dasharray]")].map((line) =>
      line.getAttribute("stroke-dasharray"),
    );
    expect(new Set(dashes).size).toBe(dashes.length);
    expect(dashes.length).toBeGreaterThan(1);
    const marks = [...drawn(strip, "en").querySelectorAll("g[aria-label=dot], circle, path")].map(
      ({ localName }) => localName,
    );
    expect(marks).toContain("circle");
    expect(marks).toContain("path");
  });

  it("draws bars in proportion to the risks", () => {
    const widths = [...drawn(risks, "en").querySelectorAll("rect")].map((bar) => Number(bar.getAttribute("width")));
    expect(widths).toHaveLength(2);
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(23.4 / 9.64, 6);
  });
});

it("draws a strip whose choices all agree, and a person above every curve", () => {
  const same: Chart = { ...strip, edges: [], points: strip.points.slice(0, 1) };
  expect(chartSvg(same, "fr")).not.toContain("NaN");
  const high: Chart = { ...percentiles, patient: { age: 90, score: 50_000 } };
  expect(chartSvg(high, "fr")).not.toContain("NaN");
  const zero: Chart = { ...strip, reference: 0, edges: [], points: [] };
  expect(chartSvg(zero, "en")).not.toContain("NaN");
});

describe("the bull's-eye", () => {
  const origin = { kind: "result", output: "infarct-percent" } as const;
  const chart: Chart = {
    ...common,
    kind: "bulls-eye",
    segments: [
      { segment: 1, percent: 80.4, origin },
      { segment: 17, percent: 0, origin },
    ],
  };

  it("has 17 segments, the numbers of those that are known, and the darkest colour above 75 %", () => {
    const svg = chartSvg(chart, "fr");
    const { document } = parseHTML(svg);
    expect(document.querySelectorAll("path")).toHaveLength(17);
    const shown = [...document.querySelectorAll("text")].map(({ textContent }) => textContent);
    expect(shown.filter((text) => text === "–")).toHaveLength(15);
    expect(shown).toEqual(expect.arrayContaining(["80", "0"]));
    expect(svg.match(/fill="#9c3d00"/g)).toHaveLength(1);
    expect(svg).toContain("Un &lt;titre&gt; &amp; plus");
  });
});

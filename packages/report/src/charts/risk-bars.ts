import type { Language } from "@etalon/base";
import { axisX, barX, ruleX, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { typeset } from "../text/typeset.ts";
import { chartBlue, chartGuide, chartInk, plainSvg } from "./plain-svg.ts";

/** Risks as bars under one another, each with its name and its number. */
export function riskBars(chart: Extract<Chart, { kind: "risk-bars" }>, language: Language): string {
  const percentText = (percent: number, digits: number) =>
    typeset(`${fixedNumber(percent, digits, language)}${language === "fr" ? " %" : "%"}`, language);
  const rows = chart.bars.map(({ label, percent }, index) => ({
    label: typeset(label[language], language),
    percent,
    shown: percentText(percent, 1),
    fill: index === 0 ? chartGuide : chartBlue,
  }));
  const highest = Math.max(1, ...chart.bars.map(({ percent }) => percent));
  return plainSvg(chart, language, {
    height: 34 + 40 * rows.length,
    marginLeft: 180,
    marginRight: 70,
    marginTop: 6,
    marginBottom: 28,
    x: { domain: [0, highest], label: null },
    y: { label: null, domain: rows.map(({ label }) => label), padding: 0.3 },
    marks: [
      axisX({
        ticks: 5,
        tickFormat: (percent: number) => percentText(percent, percent % 1 === 0 ? 0 : 1),
        label: null,
      }),
      barX(rows, { x: "percent", y: "label", fill: "fill" }),
      text(rows, {
        x: "percent",
        y: "label",
        text: "shown",
        dx: 8,
        textAnchor: "start",
        fontWeight: 600,
        fill: chartInk,
      }),
      ruleX([0], { stroke: chartInk }),
    ],
  });
}

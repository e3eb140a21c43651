import type { Language } from "@etalon/base";
import { axisX, barX, ruleX, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { typeset } from "../text/typeset.ts";
import { chartBlue, chartGuide, chartInk, plainSvg } from "./plain-svg.ts";

/** Height of a bar with what is around it, and the share of it that is not bar: three quarters of 32 are even. */
const BAND = 32;
const BETWEEN = 0.25;

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
    height: 34 + BAND * (rows.length + BETWEEN),
    marginLeft: 180,
    marginRight: 70,
    marginTop: 6,
    marginBottom: 28,
    x: { domain: [0, highest], label: null },
    y: { label: null, domain: rows.map(({ label }) => label), padding: BETWEEN },
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

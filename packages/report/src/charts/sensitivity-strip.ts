import type { Language } from "@etalon/base";
import { axisX, dot, ruleX, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { shownUnit } from "../text/shown-unit.ts";
import { typeset } from "../text/typeset.ts";
import { chartBlue, chartGuide, chartInk, chartVermilion, plainSvg } from "./plain-svg.ts";

/** Each published choice as a point on its own row; the report's own value and the edges of categories as lines. */
export function sensitivityStrip(chart: Extract<Chart, { kind: "sensitivity-strip" }>, language: Language): string {
  const rows = chart.points.map(({ label, value, changesCategory }) => ({
    label: typeset(label[language], language),
    value,
    changesCategory,
  }));
  const values = [chart.reference, ...chart.edges, ...rows.map(({ value }) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max((high - low) * 0.08, high * 0.01, 0.5);
  const unit = shownUnit(chart.unit, language);
  const category = typeset(language === "fr" ? "limite de catégorie" : "category edge", language);
  return plainSvg(chart, language, {
    height: 52 + 24 * rows.length,
    marginLeft: 300,
    marginRight: 24,
    marginTop: 22,
    marginBottom: 40,
    x: { domain: [Math.max(0, low - margin), high + margin], label: null },
    y: { label: null, domain: rows.map(({ label }) => label), type: "point", padding: 0.6 },
    symbol: { legend: false },
    marks: [
      axisX({
        ticks: 5,
        tickFormat: (value: number) => fixedNumber(value, 0, language),
        label: `Score (${unit})`,
        labelArrow: "none",
        labelAnchor: "center",
      }),
      ruleX([chart.reference], { stroke: chartInk, strokeWidth: 1.2 }),
      ruleX(chart.edges, { stroke: chartVermilion, strokeDasharray: "5 4", strokeWidth: 1.4 }),
      text(chart.edges, {
        x: (edge: number) => edge,
        frameAnchor: "top",
        dy: -12,
        text: (edge: number) => `${category} ${fixedNumber(edge, 0, language)}`,
        fill: chartVermilion,
      }),
      dot(
        rows.filter(({ changesCategory }) => !changesCategory),
        { x: "value", y: "label", r: 4.5, fill: chartBlue, symbol: "circle" },
      ),
      dot(
        rows.filter(({ changesCategory }) => changesCategory),
        { x: "value", y: "label", r: 5.5, fill: chartVermilion, symbol: "diamond" },
      ),
      ruleX([Math.max(0, low - margin)], { stroke: chartGuide }),
    ],
  });
}

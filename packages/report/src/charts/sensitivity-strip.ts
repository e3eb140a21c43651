import type { Language } from "@etalon/base";
import { axisX, axisY, dot, gridY, type Markish, ruleX, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { shownUnit } from "../text/shown-unit.ts";
import { typeset } from "../text/typeset.ts";
import { chartBlue, chartGrid, chartInk, chartVermilion, plainSvg } from "./plain-svg.ts";

type Strip = Extract<Chart, { kind: "sensitivity-strip" }>;

/** Room that the longest label takes; a wider one would leave none for the points. */
const MOST_FOR_LABELS = 400;
/** Width of a letter at 13 px, a little more than the average of the faces it is set in. */
const PIXELS_PER_CHARACTER = 6.4;
const ROW_HEIGHT = 24;

/** Each published choice as a point on its own row; the report's own value and the edges of categories as lines. */
export function sensitivityStrip(chart: Strip, language: Language): string {
  const rows = chart.points.map(({ label, value, changesCategory }) => ({
    label: typeset(label[language], language),
    value,
    changesCategory,
  }));
  const values = [chart.reference, ...chart.edges, ...rows.map(({ value }) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // A strip without width has no scale; the least is two units.
  const margin = Math.max((high - low) * 0.12, 1);
  const longest = Math.max(0, ...rows.map(({ label }) => label.length));
  const unit = shownUnit(chart.unit, language);
  return plainSvg(chart, language, {
    width: 720,
    height: 84 + ROW_HEIGHT * rows.length,
    marginLeft: Math.min(MOST_FOR_LABELS, 20 + PIXELS_PER_CHARACTER * longest),
    marginRight: 40,
    marginTop: 40,
    marginBottom: 44,
    x: { domain: [low < margin ? 0 : low - margin, high + margin] },
    y: { type: "point", domain: rows.map(({ label }) => label), padding: 0.6 },
    marks: [
      gridY({ stroke: chartGrid, strokeOpacity: 1 }),
      axisY({ label: null, tickSize: 0 }),
      axisX({
        ticks: 4,
        tickFormat: (value: number) => fixedNumber(value, Number.isInteger(value) ? 0 : 1, language),
        label: unit === "" ? "Score" : `Score (${unit})`,
        labelArrow: "none",
        labelAnchor: "center",
      }),
      ...lineMarks(chart, language),
      dot(
        rows.filter(({ changesCategory }) => !changesCategory),
        { x: "value", y: "label", r: 4.5, fill: chartBlue, symbol: "circle" },
      ),
      dot(
        rows.filter(({ changesCategory }) => changesCategory),
        { x: "value", y: "label", r: 6, fill: chartVermilion, symbol: "diamond" },
      ),
    ],
  });
}

/** The report's own value, solid, and the edges of categories, dashed; each with its name above the strip. */
function lineMarks({ reference, edges }: Strip, language: Language): readonly Markish[] {
  const [own, edge] = language === "fr" ? ["ce compte rendu", "limite de catégorie"] : ["this report", "category edge"];
  return [
    ruleX([reference], { stroke: chartInk, strokeWidth: 1.2 }),
    text([reference], { x: (value: number) => value, frameAnchor: "top", dy: -10, text: () => own, fill: chartInk }),
    ruleX(edges, { stroke: chartVermilion, strokeDasharray: "5 4", strokeWidth: 1.4 }),
    text(edges, {
      x: (value: number) => value,
      frameAnchor: "top",
      dy: -27,
      text: (value: number) => `${edge} ${fixedNumber(value, 0, language)}`,
      fill: chartVermilion,
    }),
  ];
}

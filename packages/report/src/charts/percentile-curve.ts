import type { Language } from "@etalon/base";
import { axisX, axisY, dot, gridY, line, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { chartBlue, chartGuide, chartInk, chartVermilion, plainSvg } from "./plain-svg.ts";

/** Scores that are named on the axis: the edges of the categories between decades. */
const TICKS = [0, 1, 10, 100, 400, 1000, 4000];
/** Dashes that tell neighbouring curves apart without colour. */
const DASHES = ["none", "7 3", "2 3", "9 3 2 3"];

/** Percentile curves of the score by age, on a logarithmic scale of score + 1, with the patient's point. */
export function percentileCurve(chart: Extract<Chart, { kind: "percentile-curve" }>, language: Language): string {
  const { curves, patient } = chart;
  const isFrench = language === "fr";
  const scores = [patient.score, ...curves.flatMap(({ points }) => points.map(([, score]) => score))];
  const ages = [patient.age, ...curves.flatMap(({ points }) => points.map(([age]) => age))];
  const highest = Math.max(100, ...scores) * 1.15;
  const ends = curves.flatMap(({ percentile, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ age: last[0], score: last[1], label: percentileLabel(percentile, language) }];
  });
  return plainSvg(chart, language, {
    height: 340,
    marginLeft: 58,
    marginRight: 76,
    marginTop: 26,
    marginBottom: 42,
    x: { domain: [Math.min(...ages), Math.max(...ages)] },
    y: { type: "symlog", constant: 1, domain: [0, highest] },
    marks: [
      gridY(
        TICKS.filter((tick) => tick <= highest),
        { stroke: "#e2e7ec", strokeOpacity: 1 },
      ),
      axisX({
        label: isFrench ? "Âge (ans)" : "Age (years)",
        labelAnchor: "center",
        labelArrow: "none",
        tickFormat: (age: number) => fixedNumber(age, 0, language),
      }),
      axisY(
        TICKS.filter((tick) => tick <= highest),
        {
          label: isFrench ? "Score d’Agatston (UA)" : "Agatston score (AU)",
          labelArrow: "none",
          tickFormat: (score: number) => fixedNumber(score, 0, language),
        },
      ),
      ...curves.map(({ points }, index) =>
        line(points, {
          x: ([age]: readonly [number, number]) => age,
          y: ([, score]: readonly [number, number]) => score,
          stroke: chartBlue,
          strokeWidth: 1.6,
          strokeDasharray: DASHES[index % DASHES.length] ?? "none",
        }),
      ),
      text(ends, { x: "age", y: "score", text: "label", dx: 6, textAnchor: "start", fill: chartBlue }),
      line(
        [
          [patient.age, 0],
          [patient.age, patient.score],
        ],
        { stroke: chartGuide, strokeDasharray: "2 3" },
      ),
      dot([patient], {
        x: "age",
        y: "score",
        r: 7,
        symbol: "diamond",
        fill: chartVermilion,
        stroke: "#ffffff",
        strokeWidth: 1.5,
      }),
      text([patient], {
        x: "age",
        y: "score",
        text: () => (isFrench ? "cet examen" : "this scan"),
        dy: -16,
        fontWeight: 600,
        fill: chartInk,
      }),
    ],
  });
}

/** "75th", « 75e ». */
function percentileLabel(percentile: number, language: Language): string {
  if (language === "fr") return percentile === 1 ? "1er" : `${percentile}e`;
  const ending =
    percentile % 100 > 10 && percentile % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][percentile % 10] ?? "th");
  return `${percentile}${ending}`;
}

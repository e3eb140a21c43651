import type { Language } from "@etalon/base";
import { axisX, axisY, dot, gridY, line, type Markish, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { chartBlue, chartGrid, chartGuide, chartInk, chartVermilion, plainSvg } from "./plain-svg.ts";

type PercentileChart = Extract<Chart, { kind: "percentile-curve" }>;

/** Scores that are named on the axis: powers of ten up to 100, then the edges of the categories. */
const TICKS = [0, 1, 10, 100, 400, 1000, 4000];
/** Dashes that tell neighbouring curves apart without colour. */
const DASHES = ["2 3", "7 3", "none", "9 3 2 3"];

/** Percentile curves of the score by age, on a logarithmic scale of score + 1, with the patient's point. */
export function percentileCurve(chart: PercentileChart, language: Language): string {
  const { curves, patient } = chart;
  const scores = [patient.score, ...curves.flatMap(({ points }) => points.map(([, score]) => score))];
  const ages = [patient.age, ...curves.flatMap(({ points }) => points.map(([age]) => age))];
  const highest = Math.max(100, ...scores) * 1.3;
  return plainSvg(chart, language, {
    height: 320,
    marginLeft: 64,
    marginRight: 60,
    marginTop: 30,
    marginBottom: 46,
    x: { domain: [Math.min(...ages), Math.max(...ages)] },
    y: { type: "symlog", constant: 1, domain: [0, highest] },
    marks: [
      ...axes(highest, language),
      ...curves.flatMap((curve, at) => curveMarks(curve, at, language)),
      ...patientMarks(patient, language),
    ],
  });
}

function axes(highest: number, language: Language): readonly Markish[] {
  const ticks = TICKS.filter((tick) => tick <= highest);
  const shown = (value: number) => fixedNumber(value, 0, language);
  const isFrench = language === "fr";
  return [
    gridY(ticks, { stroke: chartGrid, strokeOpacity: 1 }),
    axisX({
      label: isFrench ? "Âge (ans)" : "Age (years)",
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: shown,
      tickSpacing: 60,
    }),
    axisY(ticks, {
      label: isFrench ? "Score d’Agatston (UA), échelle logarithmique" : "Agatston score (AU), logarithmic scale",
      labelArrow: "none",
      tickFormat: shown,
    }),
  ];
}

/** A curve with its name at its right end. */
function curveMarks(
  { percentile, points }: PercentileChart["curves"][number],
  at: number,
  language: Language,
): readonly Markish[] {
  const named = points.slice(-1).map(([age, score]) => ({ age, score }));
  return [
    line(
      points.map(([age, score]) => ({ age, score })),
      {
        x: "age",
        y: "score",
        stroke: chartBlue,
        strokeWidth: 1.6,
        strokeDasharray: DASHES[at % DASHES.length] ?? "none",
      },
    ),
    text(named, {
      x: "age",
      y: "score",
      text: () => percentileLabel(percentile, language),
      dx: 7,
      textAnchor: "start",
      fill: chartBlue,
    }),
  ];
}

function patientMarks(patient: PercentileChart["patient"], language: Language): readonly Markish[] {
  const place = { x: "age", y: "score" } as const;
  return [
    line([{ ...patient, score: 0 }, patient], { ...place, stroke: chartGuide, strokeDasharray: "1 2" }),
    dot([patient], { ...place, r: 7, symbol: "diamond", fill: chartVermilion, stroke: "#ffffff", strokeWidth: 1.5 }),
    text([patient], {
      ...place,
      text: () => (language === "fr" ? "cet examen" : "this scan"),
      dy: -17,
      fontWeight: 600,
      fill: chartInk,
    }),
  ];
}

/** "75th", « 75e ». */
function percentileLabel(percentile: number, language: Language): string {
  if (language === "fr") return `${percentile}e`;
  const isTeen = percentile % 100 > 10 && percentile % 100 < 14;
  return `${percentile}${isTeen ? "th" : (["th", "st", "nd", "rd"][percentile % 10] ?? "th")}`;
}

import type { Language } from "@etalon/base";
import { axisX, axisY, gridY, line, type Markish, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { shownUnit } from "../text/shown-unit.ts";
import { typeset } from "../text/typeset.ts";
import { chartBlue, chartGrid, chartGuide, chartInk, chartVermilion, plainSvg } from "./plain-svg.ts";

type TimeCurves = Extract<Chart, { kind: "time-curves" }>;
type Curve = TimeCurves["curves"][number];

/** How each kind of curve is drawn: dashes tell them apart without colour. */
const STROKES: Readonly<
  Record<Curve["role"], { readonly stroke: string; readonly dash: string; readonly width: number }>
> = {
  input: { stroke: chartVermilion, dash: "6 4", width: 1.6 },
  whole: { stroke: chartBlue, dash: "none", width: 2.2 },
  part: { stroke: chartGuide, dash: "none", width: 1 },
};

/** Curves over time: the arterial input, scaled to the others, the whole, and its parts as thin lines. */
export function timeCurves(chart: TimeCurves, language: Language): string {
  const scaled = chart.curves.map((curve) => ({
    ...curve,
    points: curve.points.map(([seconds, value]) => ({
      seconds,
      value: value / (curve.role === "input" ? chart.inputDividedBy : 1),
    })),
  }));
  const values = scaled.flatMap(({ points }) => points.map(({ value }) => value));
  const times = scaled.flatMap(({ points }) => points.map(({ seconds }) => seconds));
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const unit = shownUnit(chart.unit, language);
  const measured = language === "fr" ? "Rehaussement" : "Enhancement";
  return plainSvg(chart, language, {
    height: 320,
    marginLeft: 64,
    marginRight: 150,
    marginTop: 30,
    marginBottom: 46,
    x: { domain: [Math.min(...times), Math.max(...times)] },
    y: { domain: [low, high > low ? high * 1.08 : low + 1] },
    marks: [
      gridY({ stroke: chartGrid, strokeOpacity: 1 }),
      axisX({
        label: language === "fr" ? "Temps (s)" : "Time (s)",
        labelAnchor: "center",
        labelArrow: "none",
        tickFormat: (value: number) => fixedNumber(value, 0, language),
        tickSpacing: 60,
      }),
      axisY({
        ticks: 5,
        label: unit === "" ? measured : `${measured} (${unit})`,
        labelArrow: "none",
        tickFormat: (value: number) => fixedNumber(value, high < 10 ? 1 : 0, language),
      }),
      // Thin lines first: what matters is drawn over them.
      ...(["part", "input", "whole"] as const).flatMap((role) =>
        scaled
          .filter((curve) => curve.role === role)
          .map(({ points }) =>
            line(points, {
              ...{ x: "seconds", y: "value", stroke: STROKES[role].stroke },
              ...{ strokeWidth: STROKES[role].width, strokeDasharray: STROKES[role].dash },
            }),
          ),
      ),
      ...names(chart, language),
    ],
  });
}

/** The names of input and whole in the margin, each in its line's colour, and of the parts together. */
function names(chart: TimeCurves, language: Language): readonly Markish[] {
  const parts = chart.curves.filter(({ role }) => role === "part");
  const divided = chart.inputDividedBy === 1 ? "" : ` ÷ ${fixedNumber(chart.inputDividedBy, 0, language)}`;
  const listed = [
    ...chart.curves
      .filter(({ role }) => role !== "part")
      .map(({ role, label }) => ({
        fill: STROKES[role].stroke,
        words: `${typeset(label[language], language)}${role === "input" ? divided : ""}`,
      })),
    ...(parts.length === 0
      ? []
      : [
          {
            fill: chartInk,
            words:
              parts.length === 1
                ? parts.map(({ label }) => typeset(label[language], language)).join("")
                : `${fixedNumber(parts.length, 0, language)} ${language === "fr" ? "régions" : "regions"}`,
          },
        ]),
  ];
  return listed.map(({ fill, words }, at) =>
    text([words], {
      ...{ frameAnchor: "top-right", textAnchor: "start", dx: 10, dy: 14 + 20 * at },
      ...{ text: (shown: string) => shown, fill, fontWeight: 600 },
    }),
  );
}

import type { Language } from "@etalon/base";
import { line, text } from "@observablehq/plot";
import type { Chart } from "../document/document.ts";
import { fixedNumber } from "../text/fixed-number.ts";
import { chartInk, plainSvg } from "./plain-svg.ts";

/** A ring of segments: radii, the middle of its first segment in degrees from the right, anticlockwise, and their width. */
interface Ring {
  readonly inner: number;
  readonly outer: number;
  readonly firstDeg: number;
  readonly widthDeg: number;
  readonly segments: readonly number[];
}

/** Anterior is up and the septum to the left, as in Cerqueira MD et al., Circulation 2002;105:539-542, figure 4. */
const RINGS: readonly Ring[] = [
  { inner: 3, outer: 4, firstDeg: 90, widthDeg: 60, segments: [1, 2, 3, 4, 5, 6] },
  { inner: 2, outer: 3, firstDeg: 90, widthDeg: 60, segments: [7, 8, 9, 10, 11, 12] },
  { inner: 1, outer: 2, firstDeg: 90, widthDeg: 90, segments: [13, 14, 15, 16] },
  { inner: 0, outer: 1, firstDeg: 0, widthDeg: 360, segments: [17] },
];

/** White to dark vermilion by band of transmurality: none, to 25, to 50, to 75, above; told apart in grey too. */
const FILLS = ["#ffffff", "#fbe3d0", "#f2b48a", "#dd7a3a", "#9c3d00"] as const;
const LIGHT_INK = "#ffffff";
const STEP_DEG = 5;

/** The left ventricle seen from the apex, 17 segments, each with its percentage and the colour of its band. */
export function bullsEye(chart: Extract<Chart, { kind: "bulls-eye" }>, language: Language): string {
  const percentOf = new Map(chart.segments.map(({ segment, percent }) => [segment, percent]));
  const outlines = RINGS.flatMap((ring) =>
    ring.segments.flatMap((segment, index) => {
      const fill = FILLS[bandOf(percentOf.get(segment))];
      return outlineOf(ring, index).map(([x, y]) => ({ segment: String(segment), fill, x, y }));
    }),
  );
  const labels = RINGS.flatMap((ring) =>
    ring.segments.map((segment, index) => {
      const percent = percentOf.get(segment);
      const [x, y] = ring.inner === 0 ? [0, 0] : at((ring.inner + ring.outer) / 2, middleDeg(ring, index));
      const shown = percent === undefined ? "–" : fixedNumber(percent, 0, language);
      return { x, y, shown, ink: bandOf(percent) === 4 ? LIGHT_INK : chartInk };
    }),
  );
  return plainSvg(chart, language, {
    width: 420,
    height: 420,
    margin: 10,
    axis: null,
    x: { domain: [-4.1, 4.1] },
    y: { domain: [-4.1, 4.1] },
    marks: [
      line(outlines, { x: "x", y: "y", z: "segment", fill: "fill", stroke: chartInk, strokeWidth: 1 }),
      text(labels, { x: "x", y: "y", text: "shown", fill: "ink", fontWeight: 600 }),
    ],
  });
}

/** Bands of Kim RJ et al., N Engl J Med 2000;343:1445-1453. */
function bandOf(percent: number | undefined): 0 | 1 | 2 | 3 | 4 {
  if (percent === undefined || percent <= 0) return 0;
  if (percent <= 25) return 1;
  if (percent <= 50) return 2;
  return percent <= 75 ? 3 : 4;
}

function middleDeg({ firstDeg, widthDeg }: Ring, index: number): number {
  return firstDeg + index * widthDeg;
}

function at(radius: number, degrees: number): readonly [number, number] {
  const angle = (degrees * Math.PI) / 180;
  // Whole thousandths: every engine writes the same text.
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return [rounded(radius * Math.cos(angle)), rounded(radius * Math.sin(angle))];
}

function outlineOf(ring: Ring, index: number): readonly (readonly [number, number])[] {
  const start = middleDeg(ring, index) - ring.widthDeg / 2;
  const steps = Array.from({ length: ring.widthDeg / STEP_DEG + 1 }, (_, step) => start + step * STEP_DEG);
  const outer = steps.map((degrees) => at(ring.outer, degrees));
  if (ring.inner === 0) return outer;
  const inner = steps.toReversed().map((degrees) => at(ring.inner, degrees));
  const closing = outer.slice(0, 1);
  return [...outer, ...inner, ...closing];
}

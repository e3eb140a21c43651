import type { Text } from "@etalon/base";
import type { MeasuredCurve } from "@etalon/measure";
import type { ReportInput } from "../../report-input.ts";
import { siteName } from "../../text/site-names.ts";
import type { Block, Chart } from "../document.ts";

/** The states of a first pass, as the ids of its curves begin. */
const STATES: Readonly<Record<string, Text>> = {
  stress: { en: "First pass under stress", fr: "Premier passage sous stress" },
  rest: { en: "First pass at rest", fr: "Premier passage au repos" },
};

const WHOLE = "lv-myocardium";
const INPUT: Text = { en: "Arterial input", fr: "Entrée artérielle" };

/** The curves of a first pass, a chart for each state; nothing where there are no curves. */
export function curveBlocks({ curves = [] }: Pick<ReportInput, "curves">): readonly Block[] {
  return Object.entries(STATES).flatMap(([state, title]): readonly Block[] => {
    const own = curves.flatMap((curve) =>
      curve.id.startsWith(`${state}-`) ? [drawnOf(curve, curve.id.slice(state.length + 1))] : [],
    );
    const [first] = curves.filter(({ id }) => id.startsWith(`${state}-`));
    if (first === undefined) return [];
    const inputDividedBy = divisorOf(own);
    const divided = `${inputDividedBy}`;
    return [
      {
        kind: "chart",
        chart: {
          ...{ kind: "time-curves", title, unit: first.unit, curves: own, inputDividedBy },
          description: {
            en: `Enhancement above the baseline over time: blood${inputDividedBy === 1 ? "" : `, divided by ${divided}`}, the myocardium and its regions. The points are in curves.csv.`,
            fr: `Rehaussement au-dessus de la ligne de base au cours du temps : sang${inputDividedBy === 1 ? "" : `, divisé par ${divided}`}, myocarde et ses régions. Les points sont dans curves.csv.`,
          },
        },
      },
    ];
  });
}

type Drawn = Extract<Chart, { kind: "time-curves" }>["curves"][number];

function drawnOf({ timesS, values }: MeasuredCurve, site: string): Drawn {
  const points = Array.from(timesS, (seconds, i) => [seconds, values[i]] as const);
  if (site === "aif") return { role: "input", label: INPUT, points };
  return { role: site === WHOLE ? "whole" : "part", label: siteName(site).short, points };
}

/** The least of 1, 2, 5, 10, 20 … that brings the input down to twice the height of the tissue or less. */
function divisorOf(curves: readonly Drawn[]): number {
  const height = (isInput: boolean): number =>
    Math.max(
      0,
      ...curves.flatMap(({ role, points }) => ((role === "input") === isInput ? points.map(([, value]) => value) : [])),
    );
  const [input, tissue] = [height(true), height(false)];
  if (!(tissue > 0)) return 1;
  let [divisor, step] = [1, 0];
  while (input / divisor > 2 * tissue && step < 18) {
    divisor *= step % 3 === 1 ? 2.5 : 2;
    step++;
  }
  return divisor;
}

import type { Language } from "@etalon/base";
import type { Chart } from "../document/document.ts";
import { bullsEye } from "./bulls-eye.ts";
import { percentileCurve } from "./percentile-curve.ts";
import { riskBars } from "./risk-bars.ts";
import { sensitivityStrip } from "./sensitivity-strip.ts";
import { timeCurves } from "./time-curves.ts";

/**
 * A chart as one `svg` element in one language. Everything is said in presentation attributes: it looks the same in a page,
 * in a PDF and alone, and refers to nothing outside itself. Who does not see it is told its title and description.
 */
export function chartSvg(chart: Chart, language: Language): string {
  switch (chart.kind) {
    case "percentile-curve":
      return percentileCurve(chart, language);
    case "bulls-eye":
      return bullsEye(chart, language);
    case "risk-bars":
      return riskBars(chart, language);
    case "time-curves":
      return timeCurves(chart, language);
    case "sensitivity-strip":
      return sensitivityStrip(chart, language);
  }
}

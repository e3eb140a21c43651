import type { MeasuredCurve } from "@etalon/measure";
import { describe, expect, it } from "vitest";
import { chartSvg } from "../../charts/chart-svg.ts";
import { curveBlocks } from "./curve-blocks.ts";

const timesS = Float64Array.from({ length: 40 }, (_, i) => i / 2);
function curve(id: string, height: number): MeasuredCurve {
  const values = timesS.map((s) => (s < 5 ? 0 : height * Math.exp(-((s - 10) ** 2) / 8)));
  return { id, unit: "mmol/L", title: { en: id, fr: id }, timesS, values };
}

const charts = (curves: readonly MeasuredCurve[]) =>
  curveBlocks({ curves }).flatMap((block) => (block.kind === "chart" ? [block.chart] : []));

describe("curves of a first pass", () => {
  it("are a chart for each state, the input scaled to the tissue and saying so", () => {
    const drawn = charts([
      curve("stress-aif", 4),
      curve("stress-lv-myocardium", 0.5),
      curve("stress-AHA-8", 0.4),
      curve("stress-AHA-9", 0.3),
      curve("rest-aif", 4),
    ]);
    expect(drawn.map(({ title }) => title.fr)).toEqual(["Premier passage sous stress", "Premier passage au repos"]);
    const [stress, rest] = drawn;
    // 4 over 0.5 is 8: half of it is above 1 twice 0.5; 5 is the first of 1, 2, 5 that brings 4 to 1 or less.
    expect(stress).toMatchObject({ kind: "time-curves", inputDividedBy: 5 });
    expect(rest).toMatchObject({ inputDividedBy: 1 });
    expect(stress?.description.en).toContain("divided by 5");
    const svg = stress === undefined ? "" : chartSvg(stress, "fr");
    expect(svg).toContain("Temps (s)");
    expect(svg).toContain("Rehaussement (mmol/L)");
    expect(svg).toContain("Entrée artérielle ÷ 5");
    expect(svg).toContain("Myocarde VG");
    expect(svg).toContain("2 régions");
    expect(svg.match(/<path/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it("are none where a result has none, and flat ones are drawn too", () => {
    expect(curveBlocks({})).toEqual([]);
    const [flat] = charts([curve("rest-aif", 0), curve("rest-AHA-8", 0)]);
    expect(flat === undefined ? "NaN" : chartSvg(flat, "en")).not.toContain("NaN");
  });
});

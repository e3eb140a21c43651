import { expect, test } from "vitest";
import { curveFrame } from "./curve-frame.ts";
import { curveName, curvePanels, curveRows } from "./curve-panels.ts";

const timesS = Float64Array.from([0, 1, 2]);
const curve = (id: string, values: readonly number[], unit = "1") => ({
  ...{ id, unit, timesS: timesS.slice(0, values.length), values: Float64Array.from(values) },
  title: { en: "Arterial input at rest", fr: "Entrée artérielle au repos" },
});
const curves = [curve("rest-aif", [0, 200, 100]), curve("rest-AHA-8", [0, 20, 40]), curve("rest-septum", [0, 10])];
const [aif, tissue] = curvePanels(curves);
if (aif === undefined || tissue === undefined) throw new Error("no panels");

test("the arterial input is drawn apart from the myocardium, each state by itself", () => {
  expect([aif, tissue].map(({ id, curves: own }) => [id, own.map(({ site }) => site)])).toEqual([
    ["rest-aif", [undefined]],
    ["rest-tissue", ["AHA-8", "septum"]],
  ]);
  expect(curvePanels([...curves, curve("stress-aif", [1])]).map(({ id }) => id)).toEqual([
    "stress-aif",
    "rest-aif",
    "rest-tissue",
  ]);
  expect(curvePanels([])).toEqual([]);
});

test("curves are named as people name the segments", () => {
  expect(tissue.curves.map((one) => curveName(one, "fr"))).toEqual(["Antéroseptal médian", "Septum"]);
  expect(aif.curves.map((one) => curveName(one, "fr"))).toEqual(["Entrée artérielle au repos"]);
});

test("a table has every time once, and says where a curve has no point", () => {
  expect(curveRows(tissue)).toEqual([
    { timeS: 0, values: [0, 0] },
    { timeS: 1, values: [20, 10] },
    { timeS: 2, values: [40, undefined] },
  ]);
});

test("a frame holds all curves on one scale from 0", () => {
  const frame = curveFrame(tissue, { width: 246, height: 132 });
  // 46 to 236 across for 0 to 2 s, 108 to 8 up for 0 to 40.
  expect(tissue.curves.map(frame.pathOf)).toEqual(["M46.0 108.0L141.0 58.0L236.0 8.0", "M46.0 108.0L141.0 83.0"]);
  expect(frame.yTicks).toEqual([0, 10, 20, 30, 40].map((value) => ({ value, at: 108 - 2.5 * value })));
  expect(frame.xTicks.map(({ value }) => value)).toEqual([0, 0.5, 1, 1.5, 2]);
});

test("a curve without extent is drawn all the same", () => {
  const [flat] = curvePanels([curve("rest-aif", [0])]);
  expect(flat && curveFrame(flat, { width: 246, height: 132 }).pathOf(flat.curves[0] ?? aif.curves[0])).toBe(
    "M46.0 108.0",
  );
});

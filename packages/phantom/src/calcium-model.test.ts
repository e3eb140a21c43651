import { expect, it } from "vitest";
import { agatstonWeight, calciumHu, calciumModelKvps, huPerMgPerCm3 } from "./calcium-model.ts";

it("takes the QRM insert's 200, 400 and 800 mg/cm³ to the HU of a calibrated scan", () => {
  // Calibration 0.72205 mg/cm³ per HU: density / 0.72205, by hand.
  expect(calciumHu(200, 120)).toBeCloseTo(276.99, 2);
  expect(calciumHu(400, 120)).toBeCloseTo(553.98, 2);
  expect(calciumHu(800, 120)).toBeCloseTo(1107.96, 2);
});

it("keeps 130 HU at 120 kVp where each voltage has its published threshold", () => {
  // Gräni 2018 (70, 80, 100 kVp as in CalciumScoring.jl; 135 kVp from there too).
  const density = 130 * 0.72205;
  expect(calciumModelKvps.map((kvp) => [kvp, Number(calciumHu(density, kvp).toFixed(9))])).toEqual([
    [70, 207],
    [80, 177],
    [100, 145],
    [120, 130],
    [135, 119],
  ]);
  expect(() => huPerMgPerCm3(110)).toThrow(expect.objectContaining({ code: "unknown-name", field: "kvp" }));
});

it("weighs a density as its HU at 120 kVp", () => {
  const weightOfHu = (hu: number) => agatstonWeight(hu * 0.72205);
  expect([129.9, 130.1, 199.9, 200.1, 299.9, 300.1, 399.9, 400.1].map(weightOfHu)).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
});

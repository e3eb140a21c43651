import { describe, expect, it } from "vitest";
import { type FermiFit, fitFermi, prepareFermiModel } from "./fermi-fit.ts";

const stepS = 0.05;
const fine = Array.from({ length: 601 }, (_, i) => i * stepS);

/** A gamma variate of peak 4 at 5 s. */
const inputAt = (s: number): number => (s <= 0 ? 0 : 4 * ((s / 5) * Math.exp(1 - s / 5)) ** 3);

/** flow · (input ∗ response)(t − delay) by trapezoids of 0.05 s; at the other end of the sum the input is 0. */
function tissue(flowPerS: number, delayS: number, response: (s: number) => number) {
  const curve = fine.map(
    (t) =>
      flowPerS *
      stepS *
      fine.reduce((sum, s) => (s > t ? sum : sum + inputAt(t - s) * response(s) * (s === 0 ? 0.5 : 1)), 0),
  );
  return (s: number): number => curve[Math.max(0, Math.round((s - delayS) / stepS))] ?? 0;
}

/** R(0) = 1; half at 3 s. */
const fermi = (s: number): number => (1 + Math.exp(-3 * 0.8)) / (1 + Math.exp((s - 3) * 0.8));

/** Repeatable noise of mean 0 and standard deviation 1 (sum of 12 uniform numbers less 6). */
function createNoise(): () => number {
  let state = 12_345;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
}

const timesS = Float64Array.from({ length: 52 }, (_, i) => i / 2);
const model = prepareFermiModel({ input: timesS.map(inputAt), stepS: 0.5, timesS, longestDelayS: 3 });
const empty = (): FermiFit => ({ flow: 0, squares: 0, shoulderS: 0, rate: 0, delayS: 0 });
describe("fitFermi", () => {
  // e^(−t/6 s) is the end of the family: no shoulder. Steps beyond it left 6 of 10 such curves without a flow.
  it("settles at the end of its range: an exponential response with little noise", () => {
    const noise = createNoise();
    const clean = timesS.map(tissue(2 / 60, 0, (s) => Math.exp(-s / 6)));
    const sigma = Math.max(...clean) / 100;
    const fit = empty();
    for (let run = 0; run < 100; run++) {
      const signal = clean.map((value) => value + sigma * noise());
      expect(fitFermi(model, signal, fit)).toBe("converged");
      expect(Math.abs((60 * fit.flow) / 2 - 1)).toBeLessThan(0.2);
    }
  });

  it("finds flow and delay of a curve without noise", () => {
    const fit = empty();
    expect(fitFermi(model, timesS.map(tissue(2 / 60, 1.3, fermi)), fit)).toBe("converged");
    expect(Math.abs(60 * fit.flow - 2)).toBeLessThan(0.1);
    expect(Math.abs(fit.delayS - 1.3)).toBeLessThan(0.3);
  });

  it("finds twice the flow in twice the curve", () => {
    const [one, two] = [empty(), empty()];
    const curve = timesS.map(tissue(1 / 60, 0.5, fermi));
    fitFermi(model, curve, one);
    fitFermi(
      model,
      curve.map((value) => 2 * value),
      two,
    );
    expect(two.flow / one.flow).toBeCloseTo(2, 12);
  });

  it("finds no flow in what falls or is nothing", () => {
    expect(
      fitFermi(
        model,
        timesS.map((s) => -s),
        empty(),
      ),
    ).toBe("no-curve");
    expect(
      fitFermi(
        model,
        timesS.map(() => 0),
        empty(),
      ),
    ).toBe("no-curve");
  });

  it("refuses what no model can be made of", () => {
    expect(() => prepareFermiModel({ input: timesS, stepS: 0, timesS, longestDelayS: 3 })).toThrow(RangeError);
    expect(() => prepareFermiModel({ input: timesS.slice(0, 3), stepS: 1, timesS, longestDelayS: 3 })).toThrow(
      RangeError,
    );
  });
});

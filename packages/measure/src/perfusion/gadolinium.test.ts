import fc from "fast-check";
import { expect, test } from "vitest";
import { bloodConcentration, toConcentration } from "./gadolinium.ts";

/** Saturation recovery at 1.5 T: blood's T1 of about 1.5 s, r1 of gadolinium of about 4.5 L/(mmol·s). */
const model = { saturationTimeMs: 100, t1Ms: 1500, relaxivity: 4.5 };
const equilibrium = 1000;

/** S0 · (1 − e^(−TS · R1)), R1 = 1/T1 + r1 · C: the signal of a concentration, mmol/L. */
function signalOf(concentration: number): number {
  const rate = 1 / model.t1Ms + (model.relaxivity * concentration) / 1000;
  return equilibrium * (1 - Math.exp(-model.saturationTimeMs * rate));
}
const baseline = signalOf(0);

test("a signal leads back to the concentration that made it", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1 }), (concentrations) => {
      const values = Float64Array.from(concentrations, signalOf);
      expect(toConcentration(values, baseline, model)).toBe(0);
      for (const [at, concentration] of concentrations.entries()) expect(values[at]).toBeCloseTo(concentration, 6);
    }),
  );
});

test("what is saturated is counted, and held at the last rate that can be told", () => {
  const values = Float64Array.of(equilibrium, 2 * equilibrium, signalOf(1));
  expect(toConcentration(values, baseline, model)).toBe(2);
  // −ln(1 − 0.995) / 0.1 s = 52.98/s; less 1/1.5 s, over 4.5 L/(mmol·s): 11.63 mmol/L.
  expect(values[0]).toBeCloseTo((-Math.log(0.005) / 0.1 - 1 / 1.5) / 4.5, 9);
  expect(values[1]).toBe(values[0]);
});

test("a signal without a baseline has no finite scale: it is no contrast, not infinite contrast", () => {
  const values = Float64Array.of(50);
  expect(toConcentration(values, 0, model)).toBe(0);
  expect(values[0]).toBeCloseTo(-1000 / 1500 / 4.5, 9);
});

test("taken as linear, a signal is its enhancement", () => {
  const values = Float64Array.of(120, 90);
  expect(toConcentration(values, 100, null)).toBe(0);
  expect([...values]).toEqual([20, -10]);
});

test("blood without T2* decay is its concentration, and the signals stay as they are", () => {
  const signals = Float64Array.from([0, 1, 3], signalOf);
  const { values, saturated } = bloodConcentration(signals, baseline, { model, star: null });
  for (const [at, concentration] of [0, 1, 3].entries()) expect(values[at]).toBeCloseTo(concentration, 9);
  expect([saturated, signals[1]]).toEqual([0, signalOf(1)]);
});

test("T2* decay is undone: what it hides of a bolus comes back", () => {
  // TE 1.2 ms, r2* 20 L/(mmol·s): at 3 mmol/L 7 % of the signal are gone.
  const star = { echoTimeMs: 1.2, relaxivity: 20 };
  const concentrations = [0, 0.5, 1, 2, 3];
  const signals = Float64Array.from(concentrations, (c) => signalOf(c) * Math.exp(-0.0012 * 20 * c));
  const plain = bloodConcentration(signals, baseline, { model, star: null }).values;
  const { values } = bloodConcentration(signals, baseline, { model, star });
  for (const [at, concentration] of concentrations.entries()) {
    const missed = Math.abs((plain[at] ?? 0) - concentration);
    expect(Math.abs((values[at] ?? 0) - concentration)).toBeLessThanOrEqual(missed / 100 + 1e-9);
  }
});

test("a decay cannot be undone where a signal is taken as linear", () => {
  const star = { echoTimeMs: 1.2, relaxivity: 20 };
  expect(() => bloodConcentration(Float64Array.of(1), 1, { model: null, star })).toThrow(
    expect.objectContaining({ code: "wrong-type", field: "aif-echo-time" }),
  );
});

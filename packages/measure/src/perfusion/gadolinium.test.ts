import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bloodConcentration, toConcentration } from "./gadolinium.ts";

/** A dual sequence's input: saturation time 24 ms, T1 of blood 1600 ms, relaxivity 4.5 L/(mmol·s), S0 = 1000. */
const model = { saturationTimeMs: 24, t1Ms: 1600, relaxivity: 4.5 };
const s0 = 1000;

/** The forward model: S = S0 · (1 − exp(−TS · (1/T1 + r · C))) · exp(−TE · r2* · C); times in s. */
function signalOf(c: number, star = { echoTimeMs: 0, relaxivity: 0 }, own = model): number {
  const rate = 1000 / own.t1Ms + own.relaxivity * c;
  const recovery = 1 - Math.exp((-own.saturationTimeMs / 1000) * rate);
  return s0 * recovery * Math.exp((-star.echoTimeMs / 1000) * star.relaxivity * c);
}

/** Relative rounding of a double, with room for the dozen operations of model and inverse. */
const rounding = 2 ** -53 * 64;

/** A first pass: baseline of zeros, then a gamma variate of peak 6 mmol/L. */
const truth = Float64Array.from({ length: 60 }, (_, i) =>
  i < 10 ? 0 : 6 * (((i - 10) / 8) * Math.exp(1 - (i - 10) / 8)) ** 3,
);

describe("saturation recovery", () => {
  it("gives back the curve that the signal was made of", () => {
    const signals = truth.map((c) => signalOf(c));
    expect(toConcentration(signals, signalOf(0), model)).toBe(0);
    // dC = dS / (S0 · r · TS · e^(−TS·R1)): at 6 mmol/L the exponential is 0.515, so 1/(r · TS · 0.515) ≈ 18 of the rounding of S/S0.
    const bound = (rounding / (model.relaxivity * 0.024)) * Math.exp(0.024 * (1000 / 1600 + 4.5 * 6));
    signals.forEach((c, i) => void expect(Math.abs(c - (truth[i] ?? 0))).toBeLessThan(bound));
  });

  it("does so for tissue too, whatever its times and the agent, below 99 % of saturation", () => {
    const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const any = fc.record({
      saturationTimeMs: number(5, 200),
      t1Ms: number(500, 2500),
      relaxivity: number(2, 8),
      c: number(0, 8),
    });
    fc.assert(
      fc.property(any, ({ c, ...own }) => {
        const exponent = (own.saturationTimeMs / 1000) * (1000 / own.t1Ms + own.relaxivity * c);
        fc.pre(Math.exp(-exponent) > 0.01);
        const signals = Float64Array.of(signalOf(c, undefined, own));
        expect(toConcentration(signals, signalOf(0, undefined, own), own)).toBe(0);
        // The baseline stands for S0: its own rounding is magnified by 1/(1 − e^(−TS/T1)).
        const scale = 1 / (1 - Math.exp(-own.saturationTimeMs / own.t1Ms));
        const bound = (rounding * scale * Math.exp(exponent) * 1000) / (own.relaxivity * own.saturationTimeMs);
        expect(Math.abs((signals[0] ?? 0) - c)).toBeLessThan(bound);
      }),
    );
  });

  it("takes a linear signal as it is, and shows why that is wrong of blood", () => {
    const linear = truth.map((c) => signalOf(c));
    const baseline = signalOf(0);
    toConcentration(linear, baseline, null);
    // r · TS · C = 4.5 · 0.024 · 6 = 0.648 at the peak: the rise is (1 − e^(−0.648)) / 0.648 = 74 % of what the first slope says.
    const slope = s0 * 4.5 * 0.024 * Math.exp(-24 / 1600);
    const peak = Math.max(...linear);
    expect(peak).toBeCloseTo(s0 * (Math.exp(-24 / 1600) - Math.exp(-24 / 1600 - 0.024 * 4.5 * 6)), 9);
    expect(peak / (6 * slope)).toBeCloseTo((1 - Math.exp(-0.648)) / 0.648, 9);
  });

  it("counts what is saturated, and is finite all the same", () => {
    const values = Float64Array.of(signalOf(0), s0, 2 * s0, -5 * s0);
    expect(toConcentration(values, signalOf(0), model)).toBe(2);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it("has no concentration to give where the baseline has no signal", () => {
    const values = Float64Array.of(0, 10, 20);
    toConcentration(values, 0, model);
    expect(new Set(values).size).toBe(1);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe("T2* decay of the input", () => {
  const star = { echoTimeMs: 1, relaxivity: 10 };

  it("is undone: the true curve again, from a signal that has lost 6 % at its peak", () => {
    const signals = truth.map((c) => signalOf(c, star));
    // e^(−0.001 · 10 · 6) = 0.942.
    expect(Math.max(...signals.map((s, i) => s / signalOf(truth[i] ?? 0)))).toBe(1);
    const { values, saturated } = bloodConcentration(signals, signalOf(0), { model, star });
    expect(saturated).toBe(0);
    // Each round leaves q = TE · r2* · x / ((1 − x) · r · TS) of the error, x = S/S0; at 6 mmol/L x = 0.485, q = 0.087. The
    // last step is below 1e-9 mmol/L, so what is left is below q/(1 − q) · 1e-9.
    values.forEach((c, i) => void expect(Math.abs(c - (truth[i] ?? 0))).toBeLessThan(1e-9));
  });

  it("costs a tenth of the peak where it is left in", () => {
    const signals = truth.map((c) => signalOf(c, star));
    const { values } = bloodConcentration(signals, signalOf(0), { model, star: null });
    // dC/C ≈ TE · r2* · x / ((1 − x) · r · TS) = 0.087 to first order.
    const lost = 1 - Math.max(...values) / 6;
    expect(lost).toBeGreaterThan(0.06);
    expect(lost).toBeLessThan(0.1);
  });

  it("comes to the lower of two concentrations of one signal", () => {
    // With TE 5 ms and r2* 20 the signal has its maximum where q = 1: TE·r2*·x = (1 − x)·r·TS, x = 0.519, C = 6.6 mmol/L.
    const strong = { echoTimeMs: 5, relaxivity: 20 };
    const signals = Float64Array.of(signalOf(3, strong), signalOf(5, strong), signalOf(12, strong));
    const { values } = bloodConcentration(signals, signalOf(0), { model, star: strong });
    expect(values[0]).toBeCloseTo(3, 6);
    expect(values[1]).toBeCloseTo(5, 6);
    // 12 mmol/L lies beyond: the same signal has a concentration before the maximum.
    expect(values[2]).toBeLessThan(6.6);
    expect(signalOf(values[2] ?? 0, strong)).toBeCloseTo(signals[2] ?? 0, 6);
  });

  it("calls saturated what no concentration explains", () => {
    const strong = { echoTimeMs: 5, relaxivity: 20 };
    const { values, saturated } = bloodConcentration(Float64Array.of(600), signalOf(0), { model, star: strong });
    expect(saturated).toBe(1);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it("is not undone of a signal that is taken as linear", () => {
    expect(() => bloodConcentration(truth, 0, { model: null, star })).toThrow(
      expect.objectContaining({ code: "wrong-type" }),
    );
  });
});

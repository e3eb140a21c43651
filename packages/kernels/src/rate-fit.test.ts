import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitMagnitudeRecovery, recoveryRoom } from "./magnitude-recovery.ts";
import { fitRate, prepareRateModel, type RateFit, type RateModel, spreadRates } from "./rate-fit.ts";
import { decayCurve, saturationCurve, spoiledEchoCurve } from "./relaxation-curves.ts";

const rates = spreadRates(1 / 5000, 1 / 10, 32);
const emptyFit = (): RateFit => ({ rate: 0, amplitude: 0, offset: 0, squares: 0 });
const times = Float64Array.of(100, 180, 260, 1000, 1080, 1900, 2000, 2900);

function recoveryModel(points = times): RateModel {
  return prepareRateModel({ points: points.length, curve: decayCurve(points), hasOffset: true, sign: -1, rates });
}

/** The residual at a rate with the best amplitude and offset, by the normal equations and Math.exp: another program. */
function squaresAt(rate: number, signal: Float64Array): number {
  const n = times.length;
  const e = times.map((t) => Math.exp(-t * rate));
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const [se, sy] = [sum(e), sum(signal)];
  const [see, sey] = [sum(e.map((value) => value * value)), sum(e.map((value, i) => value * signal[i]))];
  const b = (n * sey - se * sy) / (n * see - se * se);
  const a = (sy - b * se) / n;
  return sum(signal.map((y, i) => (y - a - b * e[i]) * (y - a - b * e[i])));
}

describe("a fit of one rate", () => {
  it("finds the rate, amplitude and offset of a noiseless recovery", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 150, max: 2500, noNaN: true }),
        fc.double({ min: 1, max: 2, noNaN: true }),
        (ms, k) => {
          const fit = emptyFit();
          const signal = times.map((t) => 700 * (1 - k * Math.exp(-t / ms)));
          expect(fitRate(recoveryModel(), signal, fit)).toBe("converged");
          expect(1 / fit.rate / ms).toBeCloseTo(1, 5);
          expect(fit.offset).toBeCloseTo(700, 1);
          expect(fit.amplitude).toBeCloseTo(-700 * k, 1);
        },
      ),
    );
  });

  it("ends where no neighbouring rate leaves less residual", () => {
    const noise = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.double({ min: 200, max: 2000, noNaN: true }), noise, (ms, errors) => {
        const fit = emptyFit();
        const signal = times.map((t, i) => 500 - 980 * Math.exp(-t / ms) + errors[i]);
        if (fitRate(recoveryModel(), signal, fit) !== "converged") return;
        expect(fit.squares).toBeCloseTo(squaresAt(fit.rate, signal), 4);
        for (const factor of [0.99, 0.999, 1.001, 1.01]) {
          expect(squaresAt(fit.rate * factor, signal)).toBeGreaterThanOrEqual(fit.squares * (1 - 1e-9));
        }
      }),
    );
  });

  it("says that there is no curve of the sign asked for, and where the range ends", () => {
    const falling = times.map((t) => Math.exp(-t / 900));
    expect(fitRate(recoveryModel(), falling, emptyFit())).toBe("no-curve");
    const slow = times.map((t) => 1 - Math.exp(-t / 50_000));
    expect(fitRate(recoveryModel(), slow, emptyFit())).toBe("at-bound");
    expect(fitRate(recoveryModel(), new Float64Array(8), emptyFit())).toBe("no-curve");
  });

  it("refuses fewer points than unknowns, and rates that do not ascend", () => {
    expect(() => recoveryModel(times.subarray(0, 2))).toThrow(RangeError);
    const curve = decayCurve(times);
    const falling = Float64Array.of(1, 0.5);
    expect(() => prepareRateModel({ points: 8, curve, hasOffset: false, sign: 1, rates: falling })).toThrow(RangeError);
  });

  it("restores the polarity of magnitudes on either side of the null", () => {
    const [fit, room] = [emptyFit(), recoveryRoom(8)];
    for (let ms = 150; ms <= 2500; ms += 7) {
      const magnitude = times.map((t) => Math.abs(500 - 980 * Math.exp(-t / ms)));
      expect(fitMagnitudeRecovery(recoveryModel(), magnitude, { fit, room })).toBe("converged");
      expect(1 / fit.rate / ms).toBeCloseTo(1, 5);
      expect([...room.signed].every((value, i) => Math.abs(value) === magnitude[i])).toBe(true);
    }
  });
});

describe("the curves' derivatives", () => {
  const angles = Float64Array.of(3, 9, 15, 24).map((degrees) => (degrees * Math.PI) / 180);
  it.each([
    ["decay", decayCurve(times.subarray(0, 4))],
    ["saturation", saturationCurve(times.subarray(0, 4))],
    ["spoiled echo", spoiledEchoCurve(angles.map(Math.sin), angles.map(Math.cos), Float64Array.of(5, 5, 5, 5))],
  ])("of %s are those of differences", (_, curve) => {
    const [values, slopes, above, below, unused] = Array.from({ length: 5 }, () => new Float64Array(4));
    curve(0.001, values, slopes);
    curve(0.001 + 1e-8, above, unused);
    curve(0.001 - 1e-8, below, unused);
    // Central differences are off by the third derivative times 1e-16/6 and by rounding over 2e-8.
    slopes.forEach((slope, i) => void expect((above[i] - below[i]) / 2e-8 / slope).toBeCloseTo(1, 5));
  });
});

it("spreads rates by one factor between its ends", () => {
  const spread = spreadRates(1, 16, 5);
  [1, 2, 4, 8, 16].forEach((rate, i) => void expect(spread[i]).toBeCloseTo(rate, 12));
});

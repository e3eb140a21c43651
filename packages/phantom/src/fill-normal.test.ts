import { expect, it } from "vitest";
import { fillNormal } from "./fill-normal.ts";

const field = (seed: number, stream: number, length = 100_000): Float32Array => {
  const out = new Float32Array(length);
  fillNormal(out, seed, stream);
  return out;
};

const mean = (values: Float32Array, value: (one: number) => number): number =>
  values.reduce((sum, one) => sum + value(one), 0) / values.length;

it("has the moments of a normal deviate, within four standard errors", () => {
  const values = field(1, 0);
  // Standard errors for n = 100 000: mean 1/√n = 0.0032; second moment √(2/n) = 0.0045; third √(15/n) = 0.0122.
  expect(Math.abs(mean(values, (x) => x))).toBeLessThan(4 * 0.0032);
  expect(Math.abs(mean(values, (x) => x * x) - 1)).toBeLessThan(4 * 0.0045);
  expect(Math.abs(mean(values, (x) => x * x * x))).toBeLessThan(4 * 0.0122);
  // Fourth moment of twelve uniforms: 3 − 1.2/12 = 2.9; its standard error is at most √(96/n) = 0.031.
  expect(Math.abs(mean(values, (x) => x ** 4) - 2.9)).toBeLessThan(4 * 0.031);
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(6);
});

it("makes the same field again, and independent ones for other seeds and streams", () => {
  const first = field(1, 0);
  expect(field(1, 0)).toEqual(first);
  expect(field(1, 0, 10)).toEqual(first.subarray(0, 10));
  for (const other of [field(2, 0), field(1, 1), field(0, 1), field(4_294_967_295, 0)]) {
    const correlation = first.reduce((sum, x, i) => sum + x * other[i], 0) / first.length;
    // Four standard errors of the correlation of independent deviates, 1/√n.
    expect(Math.abs(correlation)).toBeLessThan(4 * 0.0032);
  }
  const lagged = first.reduce((sum, x, i) => (i === 0 ? sum : sum + x * first[i - 1]), 0) / first.length;
  expect(Math.abs(lagged)).toBeLessThan(4 * 0.0032);
});

import { describe, expect, it } from "vitest";
import { type SliceNoiseOptions, sliceNoise } from "./slice-noise.ts";

const pixels = 40_000;

function slices(count: number, options: Pick<SliceNoiseOptions, "thicknessMm" | "incrementMm">): Float32Array[] {
  const add = sliceNoise({ pixels, noiseSdHu: 20, seed: 3, ...options });
  return Array.from({ length: count }, (_, slice) => {
    const out = new Float32Array(pixels);
    add(slice, out, 1);
    return out;
  });
}

const covariance = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0) / a.length;
const sd = (a: Float32Array): number => Math.sqrt(covariance(a, a));
const correlation = (a: Float32Array, b: Float32Array): number => covariance(a, b) / (sd(a) * sd(b));

/** Four standard errors of an SD of n independent values, relative: 4/√(2n) = 0.0141. */
const sdBound = 4 / Math.sqrt(2 * pixels);
/** Four standard errors of a correlation of n values, (1 − ρ²)/√n ≤ 1/√n: 0.02. */
const correlationBound = 4 / Math.sqrt(pixels);

describe("noise of a stack", () => {
  it.each([
    // SD = 20 · √(3 / thickness); neighbours share (thickness − increment) / thickness of their body.
    { thicknessMm: 3, incrementMm: 3, sdHu: 20, shared: 0 },
    { thicknessMm: 2.5, incrementMm: 2.5, sdHu: 21.909, shared: 0 },
    { thicknessMm: 2.5, incrementMm: 1.25, sdHu: 21.909, shared: 0.5 },
    { thicknessMm: 1, incrementMm: 1, sdHu: 34.641, shared: 0 },
    { thicknessMm: 3, incrementMm: 1, sdHu: 20, shared: 2 / 3 },
    { thicknessMm: 3, incrementMm: 5, sdHu: 20, shared: 0 },
  ])("$thicknessMm mm every $incrementMm mm: SD $sdHu, neighbours correlate by $shared", (row) => {
    const { thicknessMm, incrementMm, sdHu, shared } = row;
    const [first, second] = slices(2, { thicknessMm, incrementMm });
    expect(Math.abs(sd(first) / sdHu - 1)).toBeLessThan(sdBound);
    expect(Math.abs(sd(second) / sdHu - 1)).toBeLessThan(sdBound);
    expect(Math.abs(correlation(first, second) - shared)).toBeLessThan(correlationBound);
  });

  it("keeps the SD where the thickness is no whole number of increments", () => {
    for (const noisy of slices(3, { thicknessMm: 2.5, incrementMm: 2 })) {
      expect(Math.abs(sd(noisy) / 21.909 - 1)).toBeLessThan(sdBound);
    }
  });

  it("does not reach beyond the slices that overlap", () => {
    const [first, , third] = slices(3, { thicknessMm: 2.5, incrementMm: 1.25 });
    expect(Math.abs(correlation(first, third))).toBeLessThan(correlationBound);
  });

  it("adds to what is there, times the gain, and nothing at an SD of zero", () => {
    const options = { pixels, thicknessMm: 3, incrementMm: 3, seed: 3 };
    const twice = new Float32Array(pixels).fill(100);
    sliceNoise({ ...options, noiseSdHu: 20 })(0, twice, 2);
    const [once] = slices(1, options);
    // Single precision at about 200 HU: half a unit in the last place is 8e-6.
    expect(Math.max(...twice.map((value, i) => Math.abs(value - 100 - 2 * once[i])))).toBeLessThan(2e-5);
    const still = new Float32Array(pixels).fill(100);
    sliceNoise({ ...options, noiseSdHu: 0 })(0, still, 1);
    expect(still).toEqual(new Float32Array(pixels).fill(100));
  });
});

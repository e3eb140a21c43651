import { expect, it } from "vitest";
import { binomialBlurNoiseGain, binomialBlurSdPixels, blurBinomial } from "./blur-binomial.ts";

it("spreads a point by (1, 2, 1)/4 along rows and columns", () => {
  const image = new Float32Array(25);
  image[12] = 16;
  blurBinomial(image, 5, new Float32Array(5));
  expect([...image]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 2, 4, 2, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0]);
});

it("repeats the edge pixels outside the image", () => {
  const flat = new Float32Array(12).fill(7);
  blurBinomial(flat, 4, new Float32Array(4));
  expect([...flat]).toEqual(Array(12).fill(7));
  // One row: a step of 0, 4 becomes (0+0+4)/4, (0+8+4)/4.
  const step = Float32Array.from([0, 4]);
  blurBinomial(step, 2, new Float32Array(2));
  expect([...step]).toEqual([1, 3]);
});

it("states its own width and noise gain", () => {
  // Variance 1/4 · 1 + 1/2 · 0 + 1/4 · 1 = 1/2. White noise keeps √(Σ w²) of its SD per axis, Σ w² = (1 + 4 + 1)/16.
  expect(binomialBlurSdPixels).toBe(Math.SQRT1_2);
  expect(binomialBlurNoiseGain).toBe(6 / 16);
});

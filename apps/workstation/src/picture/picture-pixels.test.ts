import { expect, test } from "vitest";
import { picturePixels } from "./picture-pixels.ts";

const grey = {
  values: Int16Array.from([-160, 40, 140, 240, 0, 0]),
  rows: 2,
  columns: 3,
  samplesPerPixel: 1,
  min: -160,
  max: 240,
} as const;
const whole = { window: { center: 40, width: 400 }, isInverted: false, width: 3, height: 2 };

function red(pixels: Uint8ClampedArray): readonly number[] {
  return [...pixels].filter((_, at) => at % 4 === 0);
}

test("grey goes through the window: 0 at its lower end, 255 at its upper, half in its centre", () => {
  // ((x - 40) / 400 + 0.5) * 255: 0; 127.5, rounded to even; 191.25; 255; 102.
  expect(red(picturePixels(grey, whole))).toEqual([0, 128, 191, 255, 102, 102]);
});

test("MONOCHROME1 is bright where the values are small", () => {
  expect(red(picturePixels(grey, { ...whole, isInverted: true }))).toEqual([255, 128, 64, 0, 153, 153]);
});

test("values beyond the window are black and white", () => {
  const pixels = picturePixels(grey, { ...whole, window: { center: 40, width: 10 } });
  expect(red(pixels)).toEqual([0, 128, 255, 255, 0, 0]);
});

test("a smaller picture takes the nearest pixels", () => {
  // Of three columns the middle of one half lies in column 0, of the other in column 2; the middle of all in column 1 and row 1.
  expect(red(picturePixels(grey, { ...whole, width: 2, height: 2 }))).toEqual([0, 191, 255, 102]);
  expect(red(picturePixels(grey, { ...whole, width: 1, height: 1 }))).toEqual([102]);
});

test("colours stay as they are, and opaque", () => {
  const colour = {
    values: Uint8Array.from([1, 2, 3, 250, 0, 9]),
    rows: 1,
    columns: 2,
    samplesPerPixel: 3,
    min: 0,
    max: 255,
  } as const;
  expect([...picturePixels(colour, { ...whole, width: 2, height: 1 })]).toEqual([1, 2, 3, 255, 250, 0, 9, 255]);
});

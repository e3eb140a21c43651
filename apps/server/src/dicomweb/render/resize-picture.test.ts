import fc from "fast-check";
import { expect, it } from "vitest";
import { fitViewport, type Picture } from "./resize-picture.ts";

const grey = (width: number, samples: readonly number[]): Picture => ({
  width,
  height: samples.length / width,
  channels: 1,
  samples: Uint8Array.from(samples),
});

it("averages areas", () => {
  expect(fitViewport(grey(2, [0, 10, 20, 30]), { width: 1, height: 1 })).toEqual(grey(1, [15]));
  // Each new pixel is one and a half of three: (0 + 30/2) / 1.5 and (30/2 + 60) / 1.5.
  expect([...fitViewport(grey(3, [0, 30, 60]), { width: 2, height: 9 }).samples]).toEqual([10, 50]);
});

it("interpolates between centres", () => {
  // New centres at −0.25, 0.25, 0.75, 1.25 of the old ones.
  expect([...fitViewport(grey(2, [0, 100]), { width: 4, height: 2 }).samples]).toEqual([
    0, 25, 75, 100, 0, 25, 75, 100,
  ]);
});

it("fits within the viewport in the picture's own proportion", () => {
  const { width, height } = fitViewport(
    grey(
      40,
      Array.from({ length: 800 }, () => 1),
    ),
    { width: 100, height: 30 },
  );
  expect([width, height]).toEqual([60, 30]);
});

it("shows a part, and mirrors it", () => {
  const picture = grey(3, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([
    ...fitViewport(picture, { width: 2, height: 2, source: { x: 1, y: 0, width: 2, height: 2 } }).samples,
  ]).toEqual([2, 3, 5, 6]);
  expect([
    ...fitViewport(picture, { width: 2, height: 2, source: { x: 1, y: 0, width: -2, height: 2 } }).samples,
  ]).toEqual([3, 2, 6, 5]);
});

it("keeps one colour as it is, in every size, and stays inside the picture", () => {
  fc.assert(
    fc.property(
      fc.record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ width: fc.integer({ min: 1, max: 60 }), height: fc.integer({ min: 1, max: 60 }) }),
      fc.record({
        x: fc.integer({ min: 0, max: 40 }),
        y: fc.integer({ min: 0, max: 40 }),
        width: fc.integer({ min: 1, max: 99 }),
      }),
      (size, viewport, source) => {
        const samples = Uint8Array.from(
          { length: size.width * size.height * 3 },
          (_, at) => [10, 128, 255][at % 3] ?? 0,
        );
        const fitted = fitViewport({ ...size, channels: 3, samples }, { ...viewport, source });
        expect(fitted.width <= viewport.width && fitted.height <= viewport.height).toBe(true);
        expect(fitted.samples).toHaveLength(fitted.width * fitted.height * 3);
        expect(fitted.samples.every((value, at) => value === [10, 128, 255][at % 3])).toBe(true);
      },
    ),
  );
});

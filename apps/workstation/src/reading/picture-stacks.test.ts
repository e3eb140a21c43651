import fc from "fast-check";
import { expect, test } from "vitest";
import { readSeriesObjects } from "../picture/read-pictures.ts";
import { pictureStacks } from "./picture-stacks.ts";

type Json = Record<string, { vr: string; Value: unknown[] } | { vr: string; BulkDataURI: string }>;

/** An axial CT image; absent positions are those of no place. */
function image(number: number, positionMm?: number, more: Json = {}): Json {
  const place: Json =
    positionMm === undefined
      ? {}
      : {
          "00200032": { vr: "DS", Value: [0, 0, positionMm] },
          "00200037": { vr: "DS", Value: [1, 0, 0, 0, 1, 0] },
          "00280030": { vr: "DS", Value: [1, 1] },
        };
  return {
    "00080016": { vr: "UI", Value: ["1.2.840.10008.5.1.4.1.1.2"] },
    "00080018": { vr: "UI", Value: [`1.2.3.${number}`] },
    "00080060": { vr: "CS", Value: ["CT"] },
    "0020000D": { vr: "UI", Value: ["1.2"] },
    "0020000E": { vr: "UI", Value: ["1.2.3"] },
    "00200013": { vr: "IS", Value: [number] },
    "00200052": { vr: "UI", Value: ["1.2.9"] },
    "00280002": { vr: "US", Value: [1] },
    "00280004": { vr: "CS", Value: ["MONOCHROME2"] },
    "00280010": { vr: "US", Value: [2] },
    "00280011": { vr: "US", Value: [2] },
    "00280100": { vr: "US", Value: [16] },
    "00280101": { vr: "US", Value: [16] },
    "7FE00010": { vr: "OW", BulkDataURI: "http://h/bulk" },
    ...place,
    ...more,
  };
}

const stacksOf = (metadata: readonly Json[]) => pictureStacks(readSeriesObjects(metadata)).stacks;
const numbersOf = (metadata: readonly Json[]) =>
  stacksOf(metadata).map(({ pictures }) =>
    pictures.map(({ header, frame }) => [header.instanceNumber, frame.frameIndex]),
  );

test("axial slices are shown from the head down, in whatever order they came", () => {
  const [stack] = stacksOf([image(1, 10), image(2, 0), image(3, 5)]);
  expect(stack?.pictures.map(({ header }) => header.instanceNumber)).toEqual([1, 3, 2]);
  expect(stack).toMatchObject({ seriesInstanceUid: "1.2.3", studyInstanceUid: "1.2", modality: "CT", axes: [] });
});

test("slices of other planes are shown as the ledger counts them", () => {
  const coronal = (number: number, y: number): Json =>
    image(number, 0, {
      "00200032": { vr: "DS", Value: [0, y, 0] },
      "00200037": { vr: "DS", Value: [1, 0, 0, 0, 0, -1] },
    });
  const [stack] = stacksOf([coronal(1, 10), coronal(2, 0), coronal(3, 5)]);
  // Row × column is (0, 1, 0): towards the back, which is where a coronal stack ascends to.
  expect(stack?.pictures.map(({ plane }) => plane.originLpsMm[1])).toEqual([0, 5, 10]);
});

test("turning slices round does not turn time round", () => {
  const phase = (number: number, positionMm: number, index: number): Json =>
    image(number, positionMm, {
      "00080016": { vr: "UI", Value: ["1.2.840.10008.5.1.4.1.1.4"] },
      "00080060": { vr: "CS", Value: ["MR"] },
      "00200100": { vr: "IS", Value: [index] },
    });
  const [stack] = stacksOf([phase(1, 0, 1), phase(2, 0, 2), phase(3, 8, 1), phase(4, 8, 2)]);
  expect(stack?.axes).toMatchObject([{ name: "temporalPositionIndex", coordinates: [1, 2] }]);
  expect(stack?.pictures.map(({ header }) => header.instanceNumber)).toEqual([3, 4, 1, 2]);
});

test("a stack that lacks one point of its axes has none: its pictures are no grid", () => {
  const phase = (number: number, positionMm: number, index: number): Json =>
    image(number, positionMm, { "00200100": { vr: "IS", Value: [index] } });
  const [stack] = stacksOf([phase(1, 0, 1), phase(2, 0, 2), phase(3, 8, 1)]);
  expect(stack?.pictures).toHaveLength(3);
  expect(stack?.axes).toEqual([]);
});

test("pictures without a place are one stack of stills by number, and one of each clip by frame", () => {
  const clip = image(5, undefined, { "00280008": { vr: "IS", Value: [3] } });
  expect(numbersOf([image(9), clip, image(2)])).toEqual([
    [
      [5, 0],
      [5, 1],
      [5, 2],
    ],
    [
      [2, 0],
      [9, 0],
    ],
  ]);
  const [moving, still] = stacksOf([image(9), clip, image(2)]);
  expect(moving?.axes).toEqual([{ name: "frame", unit: "1", coordinates: [1, 2, 3] }]);
  expect(still).toMatchObject({ id: "1.2.3/unplaced", axes: [], stack: undefined });
});

test("an object without pixels makes no stack, and stands in the ledger", () => {
  const { "7FE00010": _pixels, ...report } = image(1);
  const { stacks, ledger } = pictureStacks(readSeriesObjects([report]));
  expect(stacks).toEqual([]);
  expect(ledger.entries).toHaveLength(1);
});

test("each picture stands in exactly one stack, wherever it lies and whatever it is like", () => {
  const made = fc.record({
    positionMm: fc.option(fc.constantFrom(0, 1, 2, 3.5, 8), { nil: undefined }),
    frames: fc.integer({ min: 1, max: 3 }),
    phase: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(made, { maxLength: 12 }), (all) => {
      const metadata = all.map(({ positionMm, frames, phase }, at) =>
        image(at + 1, frames === 1 ? positionMm : undefined, {
          "00280008": { vr: "IS", Value: [frames] },
          ...(phase === undefined ? {} : { "00200100": { vr: "IS", Value: [phase] } }),
        }),
      );
      const given = readSeriesObjects(metadata).flatMap(({ pictures }) => pictures.map(({ id }) => id));
      const shown = stacksOf(metadata).flatMap(({ pictures }) => pictures.map(({ id }) => id));
      expect([...shown].sort()).toEqual([...given].sort());
    }),
    { numRuns: 60 },
  );
});

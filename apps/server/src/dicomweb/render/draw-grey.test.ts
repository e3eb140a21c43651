import { describe, expect, it } from "vitest";
import { drawGrey } from "./draw-grey.ts";
import type { FrameDisplay } from "./frame-display.ts";
import { readLookupTable } from "./lookup-table.ts";

const plain: FrameDisplay = { rescaleSlope: 1, rescaleIntercept: 0, isInverted: false };
const drawn = (values: readonly number[], display: Partial<FrameDisplay> = {}): readonly number[] => [
  ...drawGrey({ samples: Int16Array.from(values), display: { ...plain, ...display } }),
];

describe("windows, as the notes of PS3.3 C.11.2.1.2.1 and C.11.2.1.3.2 write them out", () => {
  it("LINEAR 2048, 4096: 0 and below black, 4095 and above white", () => {
    const window = { center: 2048, width: 4096, shape: "LINEAR" } as const;
    // ((x − 2047.5) / 4095 + 0.5) · 255 at x = 1365 is 85.
    expect(drawn([-1, 0, 1365, 4095, 4096], { window })).toEqual([0, 0, 85, 255, 255]);
  });

  it("LINEAR 2048, 1: 2047 and below black, 2048 and above white", () => {
    expect(drawn([2047, 2048], { window: { center: 2048, width: 1, shape: "LINEAR" } })).toEqual([0, 255]);
  });

  it("LINEAR 0, 100: −50 and below black, 49 and above white", () => {
    // ((−17 + 0.5) / 99 + 0.5) · 255 is 85.
    expect(drawn([-51, -50, -17, 49, 50], { window: { center: 0, width: 100, shape: "LINEAR" } })).toEqual([
      0, 0, 85, 255, 255,
    ]);
  });

  it("LINEAR_EXACT 0, 100: −50 black, 50 white, 0 between", () => {
    // 0.5 · 255 = 127.5, rounded up.
    expect(drawn([-50, 0, 50], { window: { center: 0, width: 100, shape: "LINEAR_EXACT" } })).toEqual([0, 128, 255]);
  });

  it("SIGMOID 0, 4: 255 / (1 + e^−x)", () => {
    // At ±1: 255 / (1 + 1/e) = 186.42 and 255 − 186.42 = 68.58.
    expect(drawn([-1, 0, 1], { window: { center: 0, width: 4, shape: "SIGMOID" } })).toEqual([69, 128, 186]);
  });
});

it("takes the window in rescaled values", () => {
  const window = { center: 0, width: 100, shape: "LINEAR" } as const;
  expect(drawn([974, 1007, 1073], { window, rescaleIntercept: -1024 })).toEqual([0, 85, 255]);
});

it("spreads what is not padding over all levels where nothing is said", () => {
  expect(drawn([-2000, 10, 20, 30], { padding: [-2000, -2000] })).toEqual([0, 0, 128, 255]);
  expect(drawn([7, 7])).toEqual([0, 0]);
  expect(drawn([10, 30], { rescaleSlope: -1 })).toEqual([255, 0]);
});

it("draws MONOCHROME1 the other way round", () => {
  expect(drawn([0, 10], { isInverted: true })).toEqual([255, 0]);
});

it("draws floats, and NaN black", () => {
  const samples = Float32Array.of(0, Number.NaN, 0.5, 1);
  expect([...drawGrey({ samples, display: plain })]).toEqual([0, 0, 128, 255]);
});

it("looks up modality and VOI tables, whose ends stand for what lies beyond", () => {
  // Inputs 5, 6, 7 become 0, 8, 15 of 4 bits.
  const table = readLookupTable(
    { "00283002": { vr: "US", Value: [3, 5, 4] } },
    { vr: "OW", bytes: Uint8Array.of(0, 0, 8, 0, 15, 0) },
  );
  if (table === undefined) throw new Error("a table");
  expect(drawn([0, 5, 6, 7, 9], { voiTable: table })).toEqual([0, 0, 136, 255, 255]);
  const window = { center: 8, width: 16, shape: "LINEAR_EXACT" } as const;
  expect(drawn([5, 6, 7], { modalityTable: table, window })).toEqual([0, 128, 239]);
});

it("passes over a table whose data is short", () => {
  expect(
    readLookupTable({ "00283002": { vr: "US", Value: [0, 5, 16] } }, { vr: "OW", bytes: new Uint8Array(6) }),
  ).toBeUndefined();
});

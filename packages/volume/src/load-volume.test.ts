import type { FrameHeader, FramePixels } from "@etalon/dicom";
import { buildReceivedInstance, type HeaderOverrides } from "@etalon/testing";
import { describe, expect, it } from "vitest";
import { buildLedger } from "./build-ledger.ts";
import type { Stack, StackFrame } from "./ledger.ts";
import { loadVolume } from "./load-volume.ts";
import type { Volume } from "./volume.ts";

const small: HeaderOverrides = { rows: 1, columns: 2 };

function stackOf(frames: readonly Partial<FrameHeader>[], header: HeaderOverrides = {}): Stack {
  const { stacks } = buildLedger([buildReceivedInstance("a", { ...small, ...header, frames })], new Map());
  return stacks[0];
}

/** Reads stored samples by frame index. */
function samplesOf(samples: readonly FramePixels["samples"][]): (frame: StackFrame) => Promise<FramePixels> {
  return async ({ header }) => ({
    rows: 1,
    columns: 2,
    samplesPerPixel: 1,
    samples: samples[header.frameIndex],
    photometricInterpretation: "MONOCHROME2",
    isLossy: false,
  });
}

const load = (
  stack: Stack,
  samples: readonly FramePixels["samples"][],
  axisIndexes?: readonly number[],
): Promise<Volume> =>
  loadVolume(stack, { unit: "[hnsf'U]", readFrame: samplesOf(samples), ...(axisIndexes && { axisIndexes }) });

const at = (z: number, frame: Partial<FrameHeader> = {}): Partial<FrameHeader> => ({
  positionLpsMm: [0, 0, z],
  ...frame,
});

describe("loadVolume", () => {
  it("rescales each slice with its own slope and intercept, in the order of positions", async () => {
    const stack = stackOf([
      at(3, { rescaleSlope: 2, rescaleIntercept: -1024 }),
      at(0, { rescaleSlope: 1, rescaleIntercept: -1000 }),
    ]);
    const volume = await load(stack, [Uint16Array.of(0, 600), Uint16Array.of(10, 1130)]);
    // Position 0 first: 10 − 1000 and 1130 − 1000; then 2·0 − 1024 and 2·600 − 1024.
    expect(volume.values).toEqual(Int16Array.of(-990, 130, -1024, 176));
    expect([...volume.sliceOriginsLpsMm]).toEqual([0, 0, 0, 0, 0, 3]);
    expect(volume).toMatchObject({ columns: 2, rows: 1, slices: 2, unit: "[hnsf'U]", sliceThicknessMm: 3 });
    expect(volume.padding).toBeUndefined();
  });

  it("keeps 32-bit floats where a slope is a fraction", async () => {
    const volume = await load(stackOf([at(0, { rescaleSlope: 0.5 })]), [Int16Array.of(3, -1)]);
    expect(volume.values).toEqual(Float32Array.of(1.5, -0.5));
  });

  it("turns to 32-bit floats when a later slice does not fit 16 bits, keeping the earlier ones", async () => {
    const volume = await load(stackOf([at(0), at(3)]), [Uint16Array.of(1, 32767), Uint16Array.of(2, 32768)]);
    expect(volume.values).toEqual(Float32Array.of(1, 32767, 2, 32768));
    const low = await load(stackOf([at(0)]), [Int32Array.of(0, -32769)]);
    expect(low.values).toEqual(Float32Array.of(0, -32769));
    const negative = await load(stackOf([at(0, { rescaleSlope: -1 })]), [Int32Array.of(32768, 32769)]);
    expect(negative.values).toEqual(Float32Array.of(-32768, -32769));
  });

  it("keeps stored floats", async () => {
    const volume = await load(stackOf([at(0)]), [Float32Array.of(0.25, 2)]);
    expect(volume.values).toEqual(Float32Array.of(0.25, 2));
  });

  it("marks stored values in the padding range, whichever end comes first", async () => {
    for (const pixelPadding of [
      [-2000, -1990],
      [-1990, -2000],
    ] as const) {
      const stack = stackOf([at(0), at(3)], { pixelPadding });
      const samples = [Int16Array.of(0, -1989), Int16Array.of(-1990, -2001)];
      expect((await load(stack, samples)).padding).toEqual(Uint8Array.of(0, 0, 1, 0));
    }
    const unused = await load(stackOf([at(0)], { pixelPadding: [-2000, -2000] }), [Int16Array.of(0, 1)]);
    expect(unused.padding).toBeUndefined();
  });

  it("lets slices stand for half the distance to each neighbour, at the ends for the whole, alone for their thickness", async () => {
    const zeros = Int16Array.of(0, 0);
    const uneven = await load(stackOf([at(0), at(3), at(5), at(9)]), [zeros, zeros, zeros, zeros]);
    expect([...uneven.sliceIncrementsMm]).toEqual([3, 2.5, 3, 4]);
    const alone = await load(stackOf([at(0, { sliceThicknessMm: 2.5 })]), [zeros]);
    expect([...alone.sliceIncrementsMm]).toEqual([2.5]);
  });

  it("takes the largest thickness, and the median distance where none is said", async () => {
    const zeros = Int16Array.of(0, 0);
    const mixed = await load(stackOf([at(0, { sliceThicknessMm: 1 }), at(3)]), [zeros, zeros]);
    expect(mixed.sliceThicknessMm).toBe(3);
    const nothing = stackOf([at(0, { sliceThicknessMm: 0 }), at(2, { sliceThicknessMm: 0 })]);
    expect((await load(nothing, [zeros, zeros])).sliceThicknessMm).toBe(2);
    const silent = withoutThickness(stackOf([at(0), at(2), at(4)]));
    expect((await load(silent, [zeros, zeros, zeros])).sliceThicknessMm).toBe(2);
    await expect(load(withoutThickness(stackOf([at(0)])), [zeros])).rejects.toMatchObject({
      code: "missing-attribute",
    });
  });

  it("reads the volume at the coordinates asked for", async () => {
    const frames = [0, 3].flatMap((z) => [0, 500].map((triggerTimeMs) => at(z, { axes: { triggerTimeMs } })));
    const samples = frames.map((_, i) => Int16Array.of(i, i));
    const stack = stackOf(frames);
    expect((await load(stack, samples, [0])).values).toEqual(Int16Array.of(0, 0, 2, 2));
    expect((await load(stack, samples, [1])).values).toEqual(Int16Array.of(1, 1, 3, 3));
    await expect(load(stack, samples)).rejects.toMatchObject({ code: "missing-value" });
    for (const index of [-1, 2, 0.5]) {
      await expect(load(stack, samples, [index])).rejects.toMatchObject({ code: "out-of-range" });
    }
  });
});

describe("loadVolume refuses", () => {
  const zeros = Int16Array.of(0, 0);

  it("frames at one position that nothing tells apart", async () => {
    await expect(load(stackOf([at(0), at(0)]), [zeros, zeros])).rejects.toMatchObject({ code: "overlapping-frames" });
  });

  it("versions that await a choice, naming their hashes", async () => {
    const versions = ["a", "b"].map((path) => buildReceivedInstance(path, { ...small, sopInstanceUid: "1.2" }, path));
    const { stacks } = buildLedger(versions, new Map());
    const hashes = versions.map(({ dataSetSha256 }) => dataSetSha256).sort();
    await expect(load(stacks[0], [])).rejects.toMatchObject({
      code: "ambiguous-version",
      field: "1.2",
      received: hashes.map((hash) => hash.slice(0, 12)).join(", "),
      details: { hashes: hashes.join(" ") },
    });
  });

  it("coordinates at which slices have no frame", async () => {
    const frames = [
      at(0, { axes: { echoTimeMs: 1 } }),
      at(0, { axes: { echoTimeMs: 2 } }),
      at(3, { axes: { echoTimeMs: 1 } }),
    ];
    const stack = stackOf(frames);
    const samples = [zeros, zeros, zeros];
    expect((await load(stack, samples, [0])).slices).toBe(2);
    await expect(load(stack, samples, [1])).rejects.toMatchObject({ code: "incomplete-stack", received: 1 });
  });

  it("colour and frames of another size", async () => {
    for (const wrong of [{ samplesPerPixel: 3 }, { rows: 2 }, { columns: 1 }, { samples: Int16Array.of(0) }]) {
      const readFrame = async (frame: StackFrame) => ({ ...(await samplesOf([zeros])(frame)), ...wrong });
      await expect(loadVolume(stackOf([at(0)]), { unit: "1", readFrame })).rejects.toMatchObject({
        code: "unsupported-pixel-format",
      });
    }
  });
});

function withoutThickness(stack: Stack): Stack {
  const frames = stack.frames.map((frame) => {
    const { sliceThicknessMm: _, ...header } = frame.header;
    return { ...frame, header };
  });
  return { ...stack, frames };
}

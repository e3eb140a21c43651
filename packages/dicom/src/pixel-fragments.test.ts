import { array, assert, asyncProperty, integer, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { type EncapsulatedPixels, frameFragments, readFragments } from "./pixel-fragments.ts";

const delimiter = [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];

function item(bytes: readonly number[]): number[] {
  return [0xfe, 0xff, 0x00, 0xe0, bytes.length & 255, bytes.length >> 8, 0, 0, ...bytes];
}

function table(offsets: readonly number[]): number[] {
  return [...new Uint8Array(Uint32Array.from(offsets).buffer)];
}

async function framesOf(bytes: readonly number[], pixels: Omit<EncapsulatedPixels, "offset">): Promise<number[][]> {
  const source = bytesSource("made", Uint8Array.from(bytes));
  const frames = await frameFragments(source, { offset: 0, ...pixels });
  return Promise.all(frames.map(async (fragments) => [...(await readFragments(source, fragments, 1e6))]));
}

describe("frameFragments", () => {
  it("groups by the basic offset table, which counts from the first fragment's item (PS3.5 A.4)", async () => {
    // Items of 8 + 2, 8 + 4 and 8 + 2 bytes: frame 0 is the first two, frame 1 starts at 10 + 12 = 22.
    const bytes = [...item(table([0, 22])), ...item([1, 2]), ...item([3, 4, 5, 6]), ...item([7, 8]), ...delimiter];
    expect(await framesOf(bytes, { numberOfFrames: 2 })).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]);
  });

  it("groups by the extended offset table and cuts the padding that its lengths leave out", async () => {
    const bytes = [...item([]), ...item([1, 2]), ...item([7, 0]), ...delimiter];
    const extended = { extendedOffsets: [0, 10], extendedLengths: [2, 1] };
    expect(await framesOf(bytes, { numberOfFrames: 2, ...extended })).toEqual([[1, 2], [7]]);
  });

  it("without a table takes one fragment as one frame, or all of them as the only one", async () => {
    const bytes = [...item([]), ...item([1, 2]), ...item([3, 4]), ...delimiter];
    expect(await framesOf(bytes, { numberOfFrames: 2 })).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await framesOf(bytes, { numberOfFrames: 1 })).toEqual([[1, 2, 3, 4]]);
  });

  it("without a table finds frames of several fragments by their start and end markers", async () => {
    const first = [...item([0xff, 0xd8, 0xff, 0xc0]), ...item([1, 2]), ...item([3, 0xff, 0xd9, 0])];
    const second = [...item([0xff, 0xd8, 0xff, 0xdb]), ...item([0xff, 0xd9])];
    const frames = await framesOf([...item([]), ...first, ...second, ...delimiter], { numberOfFrames: 2 });
    expect(frames.map((frame) => frame.length)).toEqual([10, 6]);
  });

  it("does not use a table whose offsets are not those of items", async () => {
    const bytes = [...item(table([0, 11])), ...item([1, 2]), ...item([3, 4]), ...delimiter];
    expect(await framesOf(bytes, { numberOfFrames: 2 })).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("reads a file that ends without the delimiter, and says where a fragment is cut", async () => {
    const whole = [...item([]), ...item([1, 2]), ...item([3, 4])];
    expect(await framesOf(whole, { numberOfFrames: 2 })).toHaveLength(2);
    await expect(framesOf(whole.slice(0, -1), { numberOfFrames: 2 })).rejects.toMatchObject({
      code: "dicom-truncated",
      details: { offset: whole.length - 1 },
    });
  });

  it.each([
    ["no fragment", [...item([]), ...delimiter], 1],
    ["fragments that do not fit the frames", [...item([]), ...item([1, 2]), ...item([3, 4]), ...delimiter], 3],
    ["something else than an item", [...item([]), 1, 2, 3, 4, 5, 6, 7, 8], 1],
    ["an item of undefined length", [...item([]), 0xfe, 0xff, 0x00, 0xe0, 255, 255, 255, 255], 1],
  ])("refuses %s", async (_, bytes, numberOfFrames) => {
    await expect(framesOf(bytes, { numberOfFrames })).rejects.toMatchObject({ code: "dicom-malformed" });
  });

  it("refuses a frame larger than the limit before reading it", async () => {
    const source = bytesSource("made", new Uint8Array(10));
    await expect(readFragments(source, [{ offset: 0, length: 8 }], 7)).rejects.toMatchObject({
      code: "dicom-too-large",
    });
  });

  it("gives back any frames, each cut into any fragments, by the basic offset table", async () => {
    const frames = array(array(uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    });
    await assert(
      asyncProperty(frames, integer({ min: 0, max: 9 }), async (made, before) => {
        const offsets: number[] = [];
        const items: number[] = [];
        for (const fragments of made) {
          offsets.push(items.length);
          for (const fragment of fragments) items.push(...item([...fragment]));
        }
        const bytes = [...new Uint8Array(before), ...item(table(offsets)), ...items, ...delimiter];
        const source = bytesSource("made", Uint8Array.from(bytes));
        const found = await frameFragments(source, { offset: before, numberOfFrames: made.length });
        const joined = await Promise.all(found.map((fragments) => readFragments(source, fragments, 1e6)));
        expect(joined.map((frame) => [...frame])).toEqual(made.map((parts) => parts.flatMap((part) => [...part])));
      }),
    );
  });
});

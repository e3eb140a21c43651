import { describe, expect, it } from "vitest";
import { bytesSource } from "./byte-source.ts";
import { createCodecSet } from "./codecs/codec-set.ts";
import type { Element } from "./data-set.ts";
import { decodeFrame } from "./decode-frame.ts";
import type { FramePixels } from "./frame-pixels.ts";
import type { InstanceHeader } from "./instance.ts";
import { readInstanceHeader } from "./instance-header.ts";
import type { Part10 } from "./part10.ts";

const explicitLittleEndian = "1.2.840.10008.1.2.1";
const bigEndian = "1.2.840.10008.1.2.2";
const rle = "1.2.840.10008.1.2.5";
const jpeg2000 = "1.2.840.10008.1.2.4.90";

/** An object whose pixel data starts at byte 3 of its source. */
interface Made {
  readonly pixels: readonly number[];
  readonly header: Partial<InstanceHeader>;
  readonly transferSyntaxUid?: string;
  readonly vr?: string;
  readonly isEncapsulated?: boolean;
  readonly inMemory?: boolean;
  readonly elements?: Readonly<Record<string, Element>>;
  /** Length that the element says, where it is not the length of `pixels`. */
  readonly length?: number;
}

const pixelStart = 3;

async function decode(made: Made, frameIndex = 0): Promise<FramePixels> {
  const { pixels, header, vr = "OW" } = made;
  const source = bytesSource("made", Uint8Array.from([9, 9, 9, ...pixels]));
  const length = made.isEncapsulated ? -1 : (made.length ?? pixels.length);
  const element: Element = made.inMemory
    ? { vr, bytes: Uint8Array.from(pixels) }
    : { vr, bulk: { offset: pixelStart, length } };
  const part10: Part10 = {
    meta: {},
    dataSet: { "00080018": { vr: "UI", Value: ["1.2.3"] }, "7FE00010": element, ...made.elements },
    transferSyntaxUid: made.transferSyntaxUid ?? explicitLittleEndian,
    dataSetOffset: 0,
  };
  const image: InstanceHeader = {
    ...readInstanceHeader(part10, "made"),
    ...{ rows: 2, columns: 2, samplesPerPixel: 1, numberOfFrames: 1, photometricInterpretation: "MONOCHROME2" },
    ...{ bitsAllocated: 16, bitsStored: header.bitsAllocated ?? 16, isSigned: false },
    ...header,
  };
  return decodeFrame(source, part10, { header: image, frameIndex, codecs: createCodecSet() });
}

describe("decodeFrame of native pixels", () => {
  it("reads a frame by its offset", async () => {
    const pixels = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 1];
    const made = { pixels, header: { numberOfFrames: 2 } };
    expect((await decode(made, 0)).samples).toEqual(Uint16Array.of(1, 2, 3, 4));
    expect(await decode(made, 1)).toEqual({
      rows: 2,
      columns: 2,
      samplesPerPixel: 1,
      samples: Uint16Array.of(5, 6, 7, 264),
      photometricInterpretation: "MONOCHROME2",
      isLossy: false,
    });
  });

  it("reads 1-bit frames that start inside a byte", async () => {
    // Three frames of 3 × 1 bits: 101, 100, 110 → bits from the lowest: 1 0 1 1 0 0 1 1 | 0 …
    const header = { rows: 1, columns: 3, bitsAllocated: 1, numberOfFrames: 3 };
    const made = { pixels: [0b11001101, 0], header };
    expect([...(await decode(made, 0)).samples]).toEqual([1, 0, 1]);
    expect([...(await decode(made, 1)).samples]).toEqual([1, 0, 0]);
    expect([...(await decode(made, 2)).samples]).toEqual([1, 1, 0]);
  });

  it.each([
    [16, [0x01, 0x02, 0xff, 0xfe], [0x0102, 0xfffe]],
    [32, [0x01, 0x02, 0x03, 0x04, 0xff, 0, 0, 1], [0x01020304, 0xff000001]],
    [8, [2, 1], [1, 2]],
  ])("turns big endian words of %i bits", async (bitsAllocated, pixels, expected) => {
    const header = { rows: 1, bitsAllocated };
    const made = { pixels, header, transferSyntaxUid: bigEndian };
    expect([...(await decode(made)).samples]).toEqual(expected);
  });

  it("gives the same for a value that the reader kept in memory with its words turned", async () => {
    // In the file 01 02 03 04; words turned 02 01 04 03.
    const made = { pixels: [2, 1, 4, 3], transferSyntaxUid: bigEndian, inMemory: true };
    const words = await decode({ ...made, header: { rows: 1, columns: 2, bitsAllocated: 16 } });
    expect([...words.samples]).toEqual([0x0102, 0x0304]);
    const long = await decode({ ...made, header: { rows: 1, columns: 1, bitsAllocated: 32 } });
    expect([...long.samples]).toEqual([0x01020304]);
  });

  it("reads 8-bit frames of odd length in big endian words", async () => {
    // Frames 1 2 3 and 4 5 6 in words: (2 1) (4 3) (6 5).
    const header = { rows: 1, columns: 3, bitsAllocated: 8, numberOfFrames: 2 };
    const made = { pixels: [2, 1, 4, 3, 6, 5], header, transferSyntaxUid: bigEndian };
    expect([...(await decode(made, 0)).samples]).toEqual([1, 2, 3]);
    expect([...(await decode(made, 1)).samples]).toEqual([4, 5, 6]);
  });

  it("reads the bytes of that frame and no others, beyond 4 GiB too", async () => {
    const reads: (readonly [number, number])[] = [];
    const size = 2 ** 33;
    const source = {
      name: "large",
      size,
      read: async (offset: number, length: number) => {
        reads.push([offset, length]);
        return Uint8Array.from({ length }, (_, index) => (offset + index) % 251);
      },
    };
    const frameBytes = 512 * 512 * 2;
    const numberOfFrames = 16000;
    const bulk = { offset: 1000, length: frameBytes * numberOfFrames };
    const dataSet = { "00080018": { vr: "UI", Value: ["1.2.3"] }, "7FE00010": { vr: "OW", bulk } };
    const part10 = { meta: {}, dataSet, transferSyntaxUid: explicitLittleEndian, dataSetOffset: 0 };
    const shape = { rows: 512, columns: 512, samplesPerPixel: 1, bitsAllocated: 16, bitsStored: 16, numberOfFrames };
    const header = { ...readInstanceHeader(part10, "large"), ...shape, photometricInterpretation: "MONOCHROME2" };
    const { samples } = await decodeFrame(source, part10, { header, frameIndex: 15999, codecs: createCodecSet() });
    const start = 1000 + 15999 * frameBytes;
    expect(reads).toEqual([[start, frameBytes]]);
    expect(samples[0]).toBe((start % 251) + 256 * ((start + 1) % 251));
  });

  it("does not change the bytes of the source", async () => {
    const bytes = Buffer.from([1, 2, 3, 4]);
    const source = { ...bytesSource("made", bytes), read: async () => bytes };
    const dataSet = {
      "7FE00010": { vr: "OW", bulk: { offset: 0, length: 4 } },
      "00080018": { vr: "UI", Value: ["1"] },
    };
    const part10 = { meta: {}, dataSet, transferSyntaxUid: bigEndian, dataSetOffset: 0 };
    const header = {
      ...readInstanceHeader(part10, "made"),
      rows: 1,
      columns: 2,
      samplesPerPixel: 1,
      bitsAllocated: 16,
    };
    const options = {
      header: { ...header, bitsStored: 16, numberOfFrames: 1 },
      frameIndex: 0,
      codecs: createCodecSet(),
    };
    expect([...(await decodeFrame(source, part10, options)).samples]).toEqual([0x0102, 0x0304]);
    expect([...bytes]).toEqual([1, 2, 3, 4]);
  });
});

describe("decodeFrame of encapsulated pixels", () => {
  const item = (bytes: readonly number[]) => [0xfe, 0xff, 0, 0xe0, bytes.length, 0, 0, 0, ...bytes];
  const rleFrame = (value: number) => [1, 0, 0, 0, 64, ...new Array(59).fill(0), 253, value];

  it("finds frames by the extended offset table", async () => {
    const pixels = [...item([]), ...item(rleFrame(5)), ...item(rleFrame(6)), 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];
    const table = new BigUint64Array([0n, 74n]);
    const elements = { "7FE00001": { vr: "OV", bytes: new Uint8Array(table.buffer) } };
    const header = { bitsAllocated: 8, numberOfFrames: 2 };
    const made = { pixels, header, transferSyntaxUid: rle, isEncapsulated: true, elements };
    expect([...(await decode(made, 1)).samples]).toEqual([6, 6, 6, 6]);
  });
});

describe("decodeFrame refuses", () => {
  const pixels = [1, 0, 2, 0, 3, 0, 4, 0];

  it.each<[string, string, Made]>([
    ["an unknown transfer syntax", "unsupported-transfer-syntax", { pixels, header: {}, transferSyntaxUid: "1.2.3" }],
    ["video", "unsupported-transfer-syntax", { pixels, header: {}, transferSyntaxUid: "1.2.840.10008.1.2.4.102" }],
    [
      "a name of Object.prototype as one",
      "unsupported-transfer-syntax",
      { pixels, header: {}, transferSyntaxUid: "constructor" },
    ],
    ["no rows", "missing-attribute", { pixels, header: { rows: 0 } }],
    ["12 bits allocated", "unsupported-pixel-format", { pixels, header: { bitsAllocated: 12, bitsStored: 12 } }],
    ["more stored than allocated", "unsupported-pixel-format", { pixels, header: { bitsAllocated: 8, bitsStored: 9 } }],
    ["2 samples a pixel", "unsupported-pixel-format", { pixels, header: { samplesPerPixel: 2 } }],
    ["8 GiB a frame", "dicom-too-large", { pixels, header: { rows: 65535, columns: 65535 } }],
    ["pixel data shorter than the header asks for", "dicom-malformed", { pixels: pixels.slice(2), header: {} }],
    ["a file that ends in the pixels", "dicom-truncated", { pixels: pixels.slice(2), header: {}, length: 8 }],
    ["native pixels in a compressed syntax", "dicom-malformed", { pixels, header: {}, transferSyntaxUid: jpeg2000 }],
    ["fragments in a native syntax", "dicom-malformed", { pixels, header: {}, isEncapsulated: true }],
  ])("%s", async (_, code, made) => {
    await expect(decode(made)).rejects.toMatchObject({ code });
  });

  it.each([-1, 1, 0.5, Number.NaN])("frame %d of one", async (frameIndex) => {
    await expect(decode({ pixels, header: {} }, frameIndex)).rejects.toMatchObject({ code: "out-of-range" });
  });

  it("an object without pixels", async () => {
    const part10 = { meta: {}, dataSet: { "00080018": { vr: "UI", Value: ["1"] } }, dataSetOffset: 0 };
    const withSyntax = { ...part10, transferSyntaxUid: explicitLittleEndian };
    const header = readInstanceHeader(withSyntax, "made");
    const source = bytesSource("made", new Uint8Array(0));
    await expect(
      decodeFrame(source, withSyntax, { header, frameIndex: 0, codecs: createCodecSet() }),
    ).rejects.toMatchObject({ code: "no-pixel-data" });
  });
});

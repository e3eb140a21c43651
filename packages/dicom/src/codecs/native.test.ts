import { assert, integer, property, tuple, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import type { EncodedFrame } from "./encoded-frame.ts";
import { decodeNative, interleavePlanes, nativeFrameBits, unpackBits } from "./native.ts";
import type { PixelLayout } from "./pixel-layout.ts";

const monochrome: PixelLayout = {
  rows: 2,
  columns: 2,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  isSigned: false,
  isFloat: false,
  planarConfiguration: 0,
  photometricInterpretation: "MONOCHROME2",
};

function frameOf(bytes: Uint8Array, layout: Partial<PixelLayout>): EncodedFrame {
  return {
    file: "made",
    frameIndex: 0,
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    isLossy: false,
    bytes,
    layout: { ...monochrome, ...layout },
  };
}

describe("decodeNative", () => {
  it("reads little endian words from bytes that are not aligned", () => {
    const bytes = Uint8Array.of(99, 0x01, 0x02, 0xff, 0xff, 0x00, 0x80, 0x34, 0x12).subarray(1);
    expect(decodeNative(frameOf(bytes, { bitsAllocated: 16 }), 0).samples).toEqual(
      Uint16Array.of(0x0201, 0xffff, 0x8000, 0x1234),
    );
    expect(decodeNative(frameOf(bytes, { bitsAllocated: 32, columns: 1 }), 0).samples).toEqual(
      Uint32Array.of(0xffff0201, 0x12348000),
    );
  });

  it("reads 32-bit and 64-bit floats", () => {
    const floats = Float32Array.of(1.5, -0, Number.NaN, 3e38);
    const doubles = Float64Array.of(1.5, Number.POSITIVE_INFINITY);
    const asFloat = { isFloat: true, bitsAllocated: 32 };
    expect(decodeNative(frameOf(new Uint8Array(floats.buffer), asFloat), 0).samples).toEqual(floats);
    const asDouble = { isFloat: true, bitsAllocated: 64, columns: 1 };
    expect(decodeNative(frameOf(new Uint8Array(doubles.buffer), asDouble), 0).samples).toEqual(doubles);
  });

  it("interleaves colour planes (PlanarConfiguration 1)", () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24);
    const layout = { samplesPerPixel: 3, planarConfiguration: 1, photometricInterpretation: "RGB" };
    expect([...decodeNative(frameOf(bytes, layout), 0).samples]).toEqual([1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24]);
  });

  it("repeats the chroma of YBR_FULL_422 for both pixels of a pair (PS3.3 C.7.6.3.1.2: Y Y Cb Cr)", () => {
    const bytes = Uint8Array.of(1, 2, 100, 200, 3, 4, 101, 201);
    const layout = { samplesPerPixel: 3, photometricInterpretation: "YBR_FULL_422" };
    const decoded = decodeNative(frameOf(bytes, layout), 0);
    expect([...decoded.samples]).toEqual([1, 100, 200, 2, 100, 200, 3, 101, 201, 4, 101, 201]);
    expect(decoded.photometricInterpretation).toBe("YBR_FULL");
    expect(nativeFrameBits({ ...monochrome, ...layout })).toBe(2 * 2 * 2 * 8);
  });

  it("refuses fewer bytes than the header asks for, and half chroma of an odd width", () => {
    expect(() => decodeNative(frameOf(new Uint8Array(3), {}), 0)).toThrow(
      expect.objectContaining({ code: "codec-failed" }),
    );
    const odd = { columns: 3, samplesPerPixel: 3, photometricInterpretation: "YBR_FULL_422" };
    expect(() => decodeNative(frameOf(new Uint8Array(100), odd), 0)).toThrow(
      expect.objectContaining({ code: "unsupported-pixel-format" }),
    );
  });
});

describe("unpackBits", () => {
  it("takes the least significant bit first, from any bit on", () => {
    // 0b10110010, 0b00000001 → 0 1 0 0 1 1 0 1 | 1 0 …; from bit 3: 0 1 1 0 1 1
    expect([...unpackBits(Uint8Array.of(0b10110010, 1), 3, 6)]).toEqual([0, 1, 1, 0, 1, 1]);
  });

  it("is the bit of the little endian number", () => {
    assert(
      property(uint8Array({ minLength: 4, maxLength: 4 }), integer({ min: 0, max: 31 }), (bytes, bit) => {
        const number = new DataView(bytes.buffer).getUint32(0, true);
        expect(unpackBits(bytes, bit, 1)[0]).toBe((number >>> bit) & 1);
      }),
    );
  });
});

describe("interleavePlanes", () => {
  it("moves sample s of pixel p from s·n + p to p·k + s", () => {
    assert(
      property(tuple(integer({ min: 1, max: 20 }), integer({ min: 1, max: 4 })), ([pixels, samples]) => {
        const planes = Uint16Array.from({ length: pixels * samples }, (_, index) => index);
        const interleaved = interleavePlanes(planes, samples);
        for (let pixel = 0; pixel < pixels; pixel += 1)
          for (let sample = 0; sample < samples; sample += 1)
            expect(interleaved[pixel * samples + sample]).toBe(sample * pixels + pixel);
      }),
    );
  });
});

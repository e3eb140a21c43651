import { assert, boolean, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { PixelLayout } from "./pixel-layout.ts";
import { storedSamples } from "./stored-samples.ts";

function layoutOf(layout: Partial<PixelLayout>): PixelLayout {
  return {
    rows: 1,
    columns: 1,
    samplesPerPixel: 1,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: (layout.bitsStored ?? 16) - 1,
    isSigned: false,
    isFloat: false,
    planarConfiguration: 0,
    photometricInterpretation: "MONOCHROME2",
    ...layout,
  };
}

function stored(raw: Uint8Array | Uint16Array | Int16Array | Uint32Array, precision: number, layout: PixelLayout) {
  return storedSamples({ samples: raw, precision, photometricInterpretation: "MONOCHROME2" }, layout, false);
}

describe("storedSamples", () => {
  it("sign-extends 12 of 16 bits and drops overlay bits above them", () => {
    const raw = Uint16Array.of(0x0800, 0x07ff, 0xf001, 0x0fff);
    expect(stored(raw, 16, layoutOf({ bitsStored: 12, isSigned: true }))).toEqual(Int16Array.of(-2048, 2047, 1, -1));
    expect(stored(raw, 16, layoutOf({ bitsStored: 12 }))).toEqual(Uint16Array.of(0x800, 0x7ff, 1, 0xfff));
  });

  it("shifts samples that end at HighBit 15 down", () => {
    // 0x8010 >> 4 = 0x801 = 2049, or −2047 in 12 signed bits
    const raw = Uint16Array.of(0x8010, 0x7ff0);
    const high = { bitsStored: 12, highBit: 15 };
    expect(stored(raw, 16, layoutOf(high))).toEqual(Uint16Array.of(2049, 2047));
    expect(stored(raw, 16, layoutOf({ ...high, isSigned: true }))).toEqual(Int16Array.of(-2047, 2047));
  });

  it("keeps all 32 bits", () => {
    const raw = Uint32Array.of(0xffffffff, 0x80000000, 5);
    const wide = { bitsAllocated: 32, bitsStored: 32 };
    expect(stored(raw, 32, layoutOf(wide))).toEqual(raw);
    expect(stored(raw, 32, layoutOf({ ...wide, isSigned: true }))).toEqual(Int32Array.of(-1, -(2 ** 31), 5));
  });

  it("sign-extends a codestream that is narrower than BitsStored from its own width", () => {
    // 13-bit codestream of an object that says signed: 0x1fff is −1.
    expect(stored(Uint16Array.of(0x1fff, 1), 13, layoutOf({ isSigned: true }))).toEqual(Int16Array.of(-1, 1));
  });

  it("clamps what lossy compression pushed out of the stored range", () => {
    const image = { samples: Int16Array.of(-2049, 2048, 5), precision: 16, photometricInterpretation: "MONOCHROME2" };
    const layout = layoutOf({ bitsStored: 12, isSigned: true });
    expect(storedSamples(image, layout, true)).toEqual(Int16Array.of(-2048, 2047, 5));
    const unsigned = { ...image, samples: Uint16Array.of(4097, 4095) };
    expect(storedSamples(unsigned, layoutOf({ bitsStored: 12 }), true)).toEqual(Uint16Array.of(4095, 4095));
  });

  it("gives back any value that was shifted up to HighBit among other bits", () => {
    assert(
      property(integer({ min: 1, max: 16 }), integer({ min: 0, max: 15 }), integer(), boolean(), (bits, ...rest) => {
        const [above, noise, isSigned] = rest;
        const highBit = Math.min(15, bits - 1 + above);
        const shift = highBit + 1 - bits;
        const low = isSigned ? -(2 ** (bits - 1)) : 0;
        const value = low + (Math.abs(noise) % 2 ** bits);
        const mask = (2 ** bits - 1) << shift;
        const raw = Uint16Array.of((noise & ~mask) | ((value << shift) & mask));
        const layout = layoutOf({ bitsStored: bits, highBit, isSigned });
        expect(stored(raw, 16, layout)[0]).toBe(value);
      }),
    );
  });
});

import { DicomError } from "@etalon/base";
import { array, assert, constantFrom, integer, property, tuple, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import type { EncodedFrame } from "./encoded-frame.ts";
import { decodeRle, unpackSegment } from "./rle.ts";

/** A PackBits encoder straight from PS3.5 G.3.1: runs of at least two as replicates, the rest as literals. */
function packSegment(plane: Uint8Array): number[] {
  const packed: number[] = [];
  let at = 0;
  while (at < plane.length) {
    let run = 1;
    while (run < 128 && at + run < plane.length && plane[at + run] === plane[at]) run += 1;
    if (run > 1) {
      packed.push(257 - run, plane[at] ?? 0);
      at += run;
      continue;
    }
    let literal = 1;
    while (literal < 128 && at + literal < plane.length && plane[at + literal] !== plane[at + literal - 1])
      literal += 1;
    packed.push(literal - 1, ...plane.subarray(at, at + literal));
    at += literal;
  }
  if (packed.length % 2 === 1) packed.push(0x80);
  return packed;
}

function packFrame(planes: readonly Uint8Array[]): Uint8Array {
  const segments = planes.map(packSegment);
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let offset = 64;
  segments.forEach((segment, index) => {
    header[index + 1] = offset;
    offset += segment.length;
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
}

function frameOf(bytes: Uint8Array, shape: { rows: number; columns: number; samples?: number; bits?: number }) {
  const bits = shape.bits ?? 8;
  return {
    file: "made",
    frameIndex: 0,
    transferSyntaxUid: "1.2.840.10008.1.2.5",
    isLossy: false,
    bytes,
    layout: {
      rows: shape.rows,
      columns: shape.columns,
      samplesPerPixel: shape.samples ?? 1,
      bitsAllocated: bits,
      bitsStored: bits,
      highBit: bits - 1,
      isSigned: false,
      isFloat: false,
      planarConfiguration: 0,
      photometricInterpretation: "MONOCHROME2",
    },
  } satisfies EncodedFrame;
}

describe("unpackSegment", () => {
  it("expands literal, replicate and no-operation runs as PS3.5 G.3.2 says", () => {
    // 2 → 3 literal bytes; −3 (253) → 4 copies; −128 (128) → nothing; 0 → 1 literal byte.
    const target = new Uint8Array(8);
    expect(unpackSegment(Uint8Array.of(2, 10, 11, 12, 253, 7, 128, 0, 99), target)).toBe(8);
    expect([...target]).toEqual([10, 11, 12, 7, 7, 7, 7, 99]);
  });

  it("expands the longest runs: 127 is 128 literals, −127 (129) is 128 copies", () => {
    const literals = Uint8Array.from({ length: 128 }, (_, index) => index);
    const target = new Uint8Array(256);
    expect(unpackSegment(Uint8Array.of(127, ...literals, 129, 5), target)).toBe(256);
    expect([...target.subarray(0, 128)]).toEqual([...literals]);
    expect([...target.subarray(128)]).toEqual(new Array(128).fill(5));
  });

  it("never writes beyond its target", () => {
    assert(
      property(uint8Array({ maxLength: 64 }), integer({ min: 0, max: 200 }), (segment, length) => {
        const buffer = new Uint8Array(length + 200).fill(77);
        const written = unpackSegment(segment, buffer.subarray(0, length));
        expect(written).toBeLessThanOrEqual(length);
        expect(buffer.subarray(length).every((byte) => byte === 77)).toBe(true);
      }),
    );
  });
});

describe("decodeRle", () => {
  it("puts the segments of a sample together, most significant byte first (PS3.5 G.2)", () => {
    const high = Uint8Array.of(0x01, 0x00, 0xff, 0x12);
    const low = Uint8Array.of(0x02, 0x03, 0xff, 0x34);
    const { samples } = decodeRle(frameOf(packFrame([high, low]), { rows: 2, columns: 2, bits: 16 }));
    expect(samples).toEqual(Uint16Array.of(0x0102, 0x0003, 0xffff, 0x1234));
  });

  it("gives back every plane of a round trip", () => {
    const shapes = tuple(integer({ min: 1, max: 9 }), integer({ min: 1, max: 9 }));
    assert(
      property(
        shapes,
        constantFrom(1, 3),
        constantFrom(8, 16, 32),
        array(integer({ min: 0, max: 255 })),
        (...given) => {
          const [[rows, columns], samplesPerPixel, bits, noise] = given;
          const byte = (index: number) => noise[index % Math.max(1, noise.length)] ?? 0;
          const bytesPerSample = bits / 8;
          const planes = Array.from({ length: samplesPerPixel * bytesPerSample }, (_, plane) =>
            Uint8Array.from({ length: rows * columns }, (_, pixel) => byte(plane * rows * columns + pixel)),
          );
          const { samples } = decodeRle(frameOf(packFrame(planes), { rows, columns, samples: samplesPerPixel, bits }));
          for (let at = 0; at < samples.length; at += 1) {
            const pixel = Math.floor(at / samplesPerPixel);
            const first = (at % samplesPerPixel) * bytesPerSample;
            const expected = planes
              .slice(first, first + bytesPerSample)
              .reduce((value, plane) => value * 256 + (plane[pixel] ?? 0), 0);
            expect(samples[at]).toBe(expected);
          }
        },
      ),
    );
  });

  it("unpacks 1-bit frames, least significant bit first", () => {
    // 2 × 5 pixels: bits 0..9 of 0b11_01100101 → 1 0 1 0 0 | 1 1 0 1 1
    const packed = Uint8Array.of(0b01100101, 0b00000011);
    const { samples } = decodeRle(frameOf(packFrame([packed]), { rows: 2, columns: 5, bits: 1 }));
    expect(samples).toEqual(Uint8Array.of(1, 0, 1, 0, 0, 1, 1, 0, 1, 1));
  });

  it.each([
    ["a short header", new Uint8Array(63)],
    ["a wrong number of segments", packFrame([new Uint8Array(4), new Uint8Array(4)])],
    ["a segment beyond the end", Uint8Array.from([1, 0, 0, 0, 200, ...new Uint8Array(59)])],
    ["too few bytes", packFrame([new Uint8Array(3)])],
  ])("refuses %s", (_, bytes) => {
    expect(() => decodeRle(frameOf(bytes, { rows: 2, columns: 2 }))).toThrow(
      expect.objectContaining({ code: "codec-failed" }),
    );
  });

  it("returns or refuses whatever bytes it is given", () => {
    assert(
      property(uint8Array({ minLength: 64, maxLength: 200 }), (bytes) => {
        bytes.set([1, 0, 0, 0, 64, 0, 0, 0]);
        try {
          expect(decodeRle(frameOf(bytes, { rows: 3, columns: 3 })).samples).toHaveLength(9);
        } catch (error) {
          expect(error).toBeInstanceOf(DicomError);
        }
      }),
    );
  });
});

import { DicomError } from "@etalon/base";
import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import type { EncodedFrame } from "./encoded-frame.ts";
import { decodeJpegLossless } from "./jpeg-lossless.ts";

interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  readonly predictor: number;
  readonly pointTransform: number;
  readonly restartRows: number;
  readonly isInterleaved: boolean;
  /** Interleaved values before the point transform. */
  readonly samples: readonly number[];
}

const codeLength = 5;

/** Bits of one scan with a table of 17 codes of 5 bits: category c has code c (ITU-T T.81 H.1.2). */
function encodeScan(picture: Picture, components: readonly number[]): number[] {
  const bytes: number[] = [];
  let bits = "";
  const flush = () => {
    while (bits.length % 8 !== 0) bits += "1";
    for (let at = 0; at < bits.length; at += 8) {
      const byte = Number.parseInt(bits.slice(at, at + 8), 2);
      bytes.push(byte, ...(byte === 0xff ? [0] : []));
    }
    bits = "";
  };
  const { rows, columns, restartRows, predictor, precision, pointTransform } = picture;
  const at = (row: number, column: number, component: number) =>
    picture.samples[(row * columns + column) * picture.components + component] ?? 0;
  let restarts = 0;
  for (let row = 0; row < rows; row += 1) {
    const isFirst = restartRows > 0 ? row % restartRows === 0 : row === 0;
    if (isFirst && row > 0) {
      flush();
      bytes.push(0xff, 0xd0 + (restarts % 8));
      restarts += 1;
    }
    for (let column = 0; column < columns; column += 1) {
      for (const component of components) {
        const a = at(row, column - 1, component);
        const b = at(row - 1, column, component);
        const c = at(row - 1, column - 1, component);
        const table = [0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1];
        let prediction = table[predictor] ?? 0;
        if (isFirst) prediction = column > 0 ? a : 2 ** (precision - pointTransform - 1);
        else if (column === 0) prediction = b;
        let difference = (at(row, column, component) - prediction) & 0xffff;
        if (difference > 32768) difference -= 65536;
        const category = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
        bits += category.toString(2).padStart(codeLength, "0");
        if (category > 0 && category < 16) {
          const extra = difference > 0 ? difference : difference + 2 ** category - 1;
          bits += extra.toString(2).padStart(category, "0");
        }
      }
    }
  }
  flush();
  return bytes;
}

function encode(picture: Picture): Uint8Array {
  const { rows, columns, components, precision, predictor, pointTransform, restartRows } = picture;
  const ids = Array.from({ length: components }, (_, index) => index + 1);
  const word = (value: number) => [value >> 8, value & 255];
  const frame = [precision, ...word(rows), ...word(columns), components, ...ids.flatMap((id) => [id, 0x11, 0])];
  const categories = Array.from({ length: 17 }, (_, index) => index);
  const counts = Array.from({ length: 16 }, (_, index) => (index === codeLength - 1 ? 17 : 0));
  const scans = picture.isInterleaved ? [ids] : ids.map((id) => [id]);
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xc3, ...word(2 + frame.length), ...frame],
    ...[0xff, 0xc4, ...word(2 + 1 + 16 + 17), 0, ...counts, ...categories],
    ...(restartRows > 0 ? [0xff, 0xdd, 0, 4, ...word(restartRows * columns)] : []),
    ...scans.flatMap((scan) => [
      ...[0xff, 0xda, ...word(6 + 2 * scan.length), scan.length, ...scan.flatMap((id) => [id, 0])],
      ...[predictor, 0, pointTransform],
      ...encodeScan(
        picture,
        scan.map((id) => id - 1),
      ),
    ]),
    ...[0xff, 0xd9],
  ]);
}

function frameOf(picture: Picture, bytes = encode(picture)): EncodedFrame {
  const bitsAllocated = picture.precision > 8 ? 16 : 8;
  return {
    file: "made",
    frameIndex: 0,
    transferSyntaxUid: "1.2.840.10008.1.2.4.57",
    isLossy: false,
    bytes,
    layout: {
      rows: picture.rows,
      columns: picture.columns,
      samplesPerPixel: picture.components,
      bitsAllocated,
      bitsStored: picture.precision,
      highBit: picture.precision - 1,
      isSigned: false,
      isFloat: false,
      planarConfiguration: 0,
      photometricInterpretation: picture.components === 1 ? "MONOCHROME2" : "RGB",
    },
  };
}

const pictures = record({
  rows: integer({ min: 1, max: 8 }),
  columns: integer({ min: 1, max: 8 }),
  components: constantFrom(1, 3),
  precision: integer({ min: 2, max: 16 }),
  predictor: integer({ min: 1, max: 7 }),
  pointTransform: integer({ min: 0, max: 1 }),
  restartRows: integer({ min: 0, max: 3 }),
  isInterleaved: constantFrom(true, false),
  noise: array(integer({ min: 0, max: 65535 }), { minLength: 1, maxLength: 50 }),
}).map(({ noise, ...picture }): Picture => {
  const count = picture.rows * picture.columns * picture.components;
  const range = 2 ** (picture.precision - picture.pointTransform);
  const samples = Array.from({ length: count }, (_, index) => (noise[index % noise.length] ?? 0) % range);
  return { ...picture, samples };
});

describe("decodeJpegLossless", () => {
  it("gives back every picture: predictors 1 to 7, 2 to 16 bits, colour, restarts, point transforms", () => {
    assert(
      property(pictures, (picture) => {
        const { samples } = decodeJpegLossless(frameOf(picture));
        expect([...samples]).toEqual(picture.samples.map((value) => value << picture.pointTransform));
      }),
      { numRuns: 300 },
    );
  });

  it("refuses a stream that is cut anywhere before its last bits", () => {
    const samples = Array.from({ length: 64 }, (_, index) => (index * 7919) % 4096);
    const shape = { rows: 8, columns: 8, components: 1, precision: 12, predictor: 1, pointTransform: 0 };
    const picture = { ...shape, restartRows: 0, isInterleaved: true, samples };
    const whole = encode(picture);
    for (let length = 0; length < whole.length - 3; length += 1) {
      expect(() => decodeJpegLossless(frameOf(picture, whole.slice(0, length)))).toThrow(
        expect.objectContaining({ code: "codec-failed" }),
      );
    }
  });

  it("returns or refuses whatever a damaged stream holds", () => {
    const changes = array(record({ at: integer({ min: 0, max: 400 }), byte: integer({ min: 0, max: 255 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    assert(
      property(pictures, changes, (picture, damage) => {
        const bytes = encode(picture);
        for (const { at, byte } of damage) bytes[at % bytes.length] = byte;
        try {
          expect(decodeJpegLossless(frameOf(picture, bytes)).samples).toHaveLength(picture.samples.length);
        } catch (error) {
          expect(error).toBeInstanceOf(DicomError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

import fc from "fast-check";
import { zlibSync } from "fflate";
import { describe, expect, it } from "vitest";
import { isMat, readMat } from "./read-mat.ts";

/** A level 5 file in little endian of matrices of double precision, named and sized. */
function buildMat(
  arrays: readonly { name: string; sizes: readonly number[]; values: readonly number[] }[],
  zip = false,
) {
  const header = new Uint8Array(128);
  header.set(new TextEncoder().encode("MATLAB 5.0 MAT-file, test"));
  header.set([0, 1, 0x49, 0x4d], 124);
  const matrices = arrays.map(({ name, sizes, values }) => {
    const parts = [
      element(6, new Uint32Array([6, 0])),
      element(5, new Int32Array(sizes)),
      element(1, new TextEncoder().encode(name)),
      element(9, new Float64Array(values)),
    ];
    const matrix = element(14, concat(parts));
    return zip ? element(15, zlibSync(matrix), false) : matrix;
  });
  return concat([header, ...matrices]);
}

function element(
  type: number,
  data: Uint8Array | Uint32Array | Int32Array | Float64Array,
  isPadded = true,
): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const out = new Uint8Array(8 + (isPadded ? Math.ceil(bytes.length / 8) * 8 : bytes.length));
  new Uint32Array(out.buffer, 0, 2).set([type, bytes.length]);
  out.set(bytes, 8);
  return out;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const array = { name: "data", sizes: [2, 1, 3], values: [1, 2, 3, 4, 5, 6.5] };

describe("readMat", () => {
  it.each([false, true])("reads arrays, compressed: %s", (zip) => {
    const read = readMat(buildMat([array, { name: "deltaT", sizes: [1, 1], values: [0.5] }], zip), "x.mat");
    expect(read.map(({ name, sizes, values }) => ({ name, sizes, values: [...values] }))).toEqual([
      array,
      { name: "deltaT", sizes: [1, 1], values: [0.5] },
    ]);
  });

  it("refuses MAT 7.3, which is HDF5, and sizes that are not there", () => {
    const bytes = new TextEncoder().encode("MATLAB 7.3 MAT-file".padEnd(200));
    expect(isMat(bytes)).toBe(false);
    expect(() => readMat(bytes, "x.mat")).toThrow(expect.objectContaining({ code: "array-malformed" }));
    const wrong = buildMat([{ ...array, sizes: [2000, 2000, 3] }]);
    expect(() => readMat(wrong, "x.mat")).toThrow(expect.objectContaining({ code: "array-malformed" }));
  });

  it("reads any damaged bytes or says that they are malformed", () => {
    const whole = buildMat([array], false);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, end) => {
        const bytes = whole.slice(0, end);
        if (at < end) bytes[at] = value;
        try {
          readMat(bytes, "x.mat");
        } catch (error) {
          expect(error).toMatchObject({ code: "array-malformed" });
        }
      }),
      { numRuns: 500 },
    );
  });
});

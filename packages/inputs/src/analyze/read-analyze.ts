import { EtalonError } from "@etalon/base";
import { longestArray, type NumericArray } from "../numeric-array.ts";

/** Length of the header file (dbh.h of Analyze 7.5). */
const headerLength = 348;

/** Codes of the voxel types that are read: bytes per voxel, and how one is read. */
const types: Readonly<
  Record<number, readonly [number, (view: DataView, at: number, little: boolean) => number] | undefined>
> = {
  2: [1, (view, at) => view.getUint8(at)],
  4: [2, (view, at, little) => view.getInt16(at, little)],
  8: [4, (view, at, little) => view.getInt32(at, little)],
  16: [4, (view, at, little) => view.getFloat32(at, little)],
  64: [8, (view, at, little) => view.getFloat64(at, little)],
};

/** Whether bytes can be the header of an Analyze 7.5 image: of its length, which it says first. */
export function isAnalyzeHeader(bytes: Uint8Array): boolean {
  if (bytes.length !== headerLength || bytes[344] === 0x6e) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getInt32(0, true) === headerLength || view.getInt32(0, false) === headerLength;
}

/**
 * The voxels of an Analyze 7.5 image from its two files. Where it lies in the patient the format does not say.
 *
 * @throws {EtalonError} `array-malformed` for a header that is none, a type that is not read, or an image that ends early
 * @see http://eeg.sourceforge.net/ANALYZE75.pdf
 */
export function readAnalyze(header: Uint8Array, image: Uint8Array, file: string): NumericArray {
  const malformed = (field: string, received: number | string): EtalonError =>
    new EtalonError("array-malformed", { field, received, details: { file } });
  if (!isAnalyzeHeader(header)) throw malformed("sizeof_hdr", header.length);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const isLittle = view.getInt32(0, true) === headerLength;
  const axes = view.getInt16(40, isLittle);
  const said = Array.from({ length: 7 }, (_, i) => (i < axes ? view.getInt16(42 + 2 * i, isLittle) : 1));
  const sizes = said.slice(0, Math.max(2, Math.min(4, axes)));
  const count = said.reduce((product, size) => product * size, 1);
  if (axes < 1 || axes > 7 || said.some((size) => size < 1) || said.slice(4).some((size) => size !== 1)) {
    throw malformed("dim", said.join(" × "));
  }
  if (count > longestArray) throw malformed("dim", count);
  const reader = types[view.getInt16(70, isLittle)];
  if (reader === undefined) throw malformed("datatype", view.getInt16(70, isLittle));
  const [size, read] = reader;
  const offset = view.getFloat32(108, isLittle);
  const start = Number.isInteger(offset) && offset > 0 ? offset : 0;
  if (start + count * size > image.length) throw malformed("voxels", image.length);
  const voxels = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(voxels, start + i * size, isLittle);
  const step = (axis: number): number => {
    const value = view.getFloat32(76 + 4 * axis, isLittle);
    return Number.isFinite(value) && value > 0 ? value : 1;
  };
  return { name: "", sizes, values, spacing: [step(1), step(2), step(3)] };
}

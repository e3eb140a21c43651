import { EtalonError } from "@etalon/base";
import { Unzlib } from "fflate";
import { longestArray, type NumericArray } from "../numeric-array.ts";

/** Bytes of the header of a level 5 MAT-file; the first 116 are text. */
const headerLength = 128;

/** Types of data elements (MAT-File Format, table 1-1): bytes per number, and how one is read. */
const numbers: Readonly<
  Record<number, readonly [number, (view: DataView, at: number, little: boolean) => number] | undefined>
> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at, little) => view.getInt16(at, little)],
  4: [2, (view, at, little) => view.getUint16(at, little)],
  5: [4, (view, at, little) => view.getInt32(at, little)],
  6: [4, (view, at, little) => view.getUint32(at, little)],
  7: [4, (view, at, little) => view.getFloat32(at, little)],
  9: [8, (view, at, little) => view.getFloat64(at, little)],
};
const matrixType = 14;
const compressedType = 15;

/** Classes of arrays whose elements are real numbers: double, single, and integers of 8 to 32 bits. */
const numericClasses: ReadonlySet<number> = new Set([6, 7, 8, 9, 10, 11, 12, 13]);
const complexFlag = 0x0800;

/** A compressed element may inflate to this many bytes. */
const longestElement = 2 * 1024 * 1024 * 1024 - 1;
const pieceLength = 64 * 1024;

interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly isLittle: boolean;
  readonly file: string;
}

interface Element {
  readonly type: number;
  /** First byte of the data, and how many there are. */
  readonly at: number;
  readonly length: number;
  /** First byte behind it. */
  readonly next: number;
}

/** Whether bytes begin as a level 5 MAT-file does; MAT 7.3 is HDF5 and is not read. */
export function isMat(bytes: Uint8Array): boolean {
  return bytes.length >= headerLength && new TextDecoder().decode(bytes.subarray(0, 19)) === "MATLAB 5.0 MAT-file";
}

/**
 * The real numeric arrays of 2 to 4 axes in a level 5 MAT-file (MATLAB 5 to 7), compressed or not; anything else in it is
 * passed over.
 *
 * @throws {EtalonError} `array-malformed` for what is no such file, ends early, or is longer than is read
 * @see https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
 */
export function readMat(bytes: Uint8Array, file: string): readonly NumericArray[] {
  if (!isMat(bytes)) throw malformed(file, "header", "not a level 5 MAT-file");
  const mark = String.fromCharCode(bytes[126], bytes[127]);
  if (mark !== "IM" && mark !== "MI") throw malformed(file, "byte order", mark);
  const isLittle = mark === "IM";
  const source = sourceOf(bytes, isLittle, file);
  const arrays: NumericArray[] = [];
  for (let at = headerLength; at < bytes.length; ) {
    const element = elementAt(source, at, bytes.length);
    const array = arrayOf(source, element);
    if (array !== undefined) arrays.push(array);
    at = element.next;
  }
  return arrays;
}

function sourceOf(bytes: Uint8Array, isLittle: boolean, file: string): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), isLittle, file };
}

function elementAt({ view, isLittle, file }: Source, at: number, end: number): Element {
  if (at + 8 > end) throw malformed(file, "element", at);
  const first = view.getUint32(at, isLittle);
  const small = first >>> 16;
  if (small !== 0) {
    if (small > 4) throw malformed(file, "small element", small);
    return { type: first & 0xffff, at: at + 4, length: small, next: at + 8 };
  }
  const length = view.getUint32(at + 4, isLittle);
  if (length > end - at - 8) throw malformed(file, "element length", length);
  // Compressed elements are not padded to 8 bytes, all others are.
  const padded = first === compressedType ? length : Math.ceil(length / 8) * 8;
  return { type: first, at: at + 8, length, next: Math.min(end, at + 8 + padded) };
}

function arrayOf(source: Source, { type, at, length }: Element): NumericArray | undefined {
  if (type === matrixType) return matrixAt(source, at, at + length);
  if (type !== compressedType) return undefined;
  const inside = sourceOf(inflate(source.bytes.subarray(at, at + length), source.file), source.isLittle, source.file);
  const element = elementAt(inside, 0, inside.bytes.length);
  return element.type === matrixType ? matrixAt(inside, element.at, element.at + element.length) : undefined;
}

function matrixAt(source: Source, start: number, end: number): NumericArray | undefined {
  const { view, isLittle, file, bytes } = source;
  // An empty cell is an empty element.
  if (end - start < 16) return undefined;
  const flags = elementAt(source, start, end);
  const flagBits = view.getUint32(flags.at, isLittle);
  if (!numericClasses.has(flagBits & 0xff) || (flagBits & complexFlag) !== 0) return undefined;
  const dimensions = elementAt(source, flags.next, end);
  const sizes = Array.from({ length: dimensions.length / 4 }, (_, i) => view.getInt32(dimensions.at + 4 * i, isLittle));
  if (sizes.length < 2 || sizes.length > 4) return undefined;
  const count = sizes.reduce((product, size) => product * size, 1);
  if (sizes.some((size) => size < 0) || count > longestArray) throw malformed(file, "sizes", sizes.join(" × "));
  const named = elementAt(source, dimensions.next, end);
  const name = new TextDecoder().decode(bytes.subarray(named.at, named.at + named.length));
  if (count === 0) return undefined;
  const real = elementAt(source, named.next, end);
  const reader = numbers[real.type];
  if (reader === undefined) throw malformed(file, name, `type ${real.type}`);
  const [size, read] = reader;
  if (real.length !== count * size) throw malformed(file, name, real.length);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, real.at + i * size, isLittle);
  return { name, sizes, values };
}

function inflate(bytes: Uint8Array, file: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Unzlib((piece) => {
    length += piece.length;
    if (length > longestElement) throw malformed(file, "zlib", length);
    pieces.push(piece);
  });
  try {
    for (let at = 0; at < bytes.length; at += pieceLength) {
      stream.push(bytes.slice(at, at + pieceLength), at + pieceLength >= bytes.length);
    }
  } catch (cause) {
    if (cause instanceof EtalonError) throw cause;
    throw malformed(file, "zlib", cause instanceof Error ? cause.message : String(cause));
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function malformed(file: string, field: string, received: number | string): EtalonError {
  return new EtalonError("array-malformed", { field, received, details: { file } });
}

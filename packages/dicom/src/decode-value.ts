import type { TextDecoding } from "./character-set.ts";
import type { Element, ElementValue, PersonName } from "./data-set.ts";
import { decodeLatin1Range } from "./latin1.ts";
import { type ValueRepresentation, valueRepresentations } from "./value-representation.ts";

/** The bytes of one value and how to understand them. */
export interface RawValue {
  /** Two letters of a VR with a value; not SQ. */
  readonly vr: string;
  readonly bytes: Uint8Array;
  readonly isLittleEndian: boolean;
  readonly decodeText: TextDecoding;
}

const space = 0x20;
const decimalPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const integerPattern = /^[+-]?\d+$/;

/**
 * The element of a value (PS3.5 section 6.2): text decoded and without its padding, numbers as numbers, binary VRs as
 * little-endian bytes. DS and IS that hold no number stay text. A binary number whose length does not fit its VR is
 * kept as UN, so that nothing is lost and nothing is made up.
 */
export function decodeValue(raw: RawValue): Element {
  const { vr, bytes } = raw;
  const representation = valueRepresentations.get(vr);
  if (representation === undefined || representation.kind === "bytes" || representation.kind === "sequence") {
    return bytes.length === 0 ? { vr } : { vr, bytes: littleEndianBytes(raw, representation?.width ?? 1) };
  }
  if (bytes.length === 0) return { vr };
  if (representation.kind === "number" || representation.kind === "tag") return decodeBinary(raw, representation);
  const Value = decodeTextual(raw, representation);
  return Value.length === 0 ? { vr } : { vr, Value };
}

function littleEndianBytes(raw: RawValue, width: number): Uint8Array {
  return raw.isLittleEndian ? raw.bytes.slice() : swapBytes(raw.bytes, width);
}

/** A copy with the bytes of every unit of `width` in reverse; what is left over at the end stays in place. */
export function swapBytes(bytes: Uint8Array, width: number): Uint8Array {
  const swapped = bytes.slice();
  for (let i = 0; width > 1 && i + width <= bytes.length; i += width) {
    swapped.subarray(i, i + width).reverse();
  }
  return swapped;
}

function decodeTextual(raw: RawValue, representation: ValueRepresentation): readonly ElementValue[] {
  const { bytes } = raw;
  const end = endWithoutPadding(bytes);
  if (end === 0) return [];
  const { kind } = representation;
  const text =
    kind === "text" || kind === "name"
      ? raw.decodeText(end === bytes.length ? bytes : bytes.subarray(0, end), kind === "name")
      : decodeLatin1Range(bytes, 0, end);
  if (!representation.isMultiple) return [text];
  if (!text.includes("\\")) return [valueOfText(text, kind)];
  return text.split("\\").map((part) => valueOfText(part, kind));
}

function endWithoutPadding(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === space || bytes[end - 1] === 0)) end--;
  return end;
}

function valueOfText(text: string, kind: ValueRepresentation["kind"]): ElementValue {
  const value = kind === "text" || kind === "name" ? trimEnd(text) : trimEnd(text).trimStart();
  if (value === "") return null;
  if (kind === "decimal" && decimalPattern.test(value)) return Number.isFinite(Number(value)) ? Number(value) : value;
  if (kind === "integer-string" && integerPattern.test(value)) {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  return kind === "name" ? personName(value) : value;
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === space || text.charCodeAt(end - 1) === 0)) end--;
  return end === text.length ? text : text.slice(0, end);
}

function personName(text: string): PersonName {
  const [alphabetic = "", ideographic = "", phonetic = ""] = text.split("=");
  return {
    ...(alphabetic === "" ? {} : { Alphabetic: alphabetic }),
    ...(ideographic === "" ? {} : { Ideographic: ideographic }),
    ...(phonetic === "" ? {} : { Phonetic: phonetic }),
  };
}

function decodeBinary(raw: RawValue, representation: ValueRepresentation): Element {
  const { vr, bytes, isLittleEndian } = raw;
  const width = representation.kind === "tag" ? 4 : representation.width;
  if (bytes.length % width !== 0) return { vr: "UN", bytes: littleEndianBytes(raw, representation.width) };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const Value: ElementValue[] = [];
  for (let i = 0; i < bytes.length; i += width) Value.push(binaryValueAt(view, i, { vr, isLittleEndian }));
  return { vr, Value };
}

function binaryValueAt(
  view: DataView,
  at: number,
  how: { vr: string; isLittleEndian: boolean },
): number | bigint | string {
  const isLittle = how.isLittleEndian;
  switch (how.vr) {
    case "US":
      return view.getUint16(at, isLittle);
    case "SS":
      return view.getInt16(at, isLittle);
    case "UL":
      return view.getUint32(at, isLittle);
    case "SL":
      return view.getInt32(at, isLittle);
    case "FL":
      return view.getFloat32(at, isLittle);
    case "FD":
      return view.getFloat64(at, isLittle);
    case "UV":
      return numberWhereSafe(view.getBigUint64(at, isLittle));
    case "SV":
      return numberWhereSafe(view.getBigInt64(at, isLittle));
    default:
      return hexWord(view.getUint16(at, isLittle)) + hexWord(view.getUint16(at + 2, isLittle));
  }
}

function hexWord(word: number): string {
  return word.toString(16).toUpperCase().padStart(4, "0");
}

function numberWhereSafe(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

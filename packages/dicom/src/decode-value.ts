import type { TextDecoding } from "./character-set.ts";
import type { Element, ElementValue } from "./data-set.ts";
import { decodeLatin1Range, isPlainAscii } from "./latin1.ts";
import { personNameOf } from "./person-name.ts";
import { type ValueRepresentation, valueRepresentations } from "./value-representation.ts";

/** Where the bytes of one value lie, and how to understand them. */
export interface RawValue {
  /** Two letters of a VR with a value; not SQ. */
  readonly vr: string;
  /** The window that the value lies in, as bytes and as a view of the same bytes. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The value's first byte, and the one after its last. */
  readonly start: number;
  readonly end: number;
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
  const { vr } = raw;
  if (raw.start === raw.end) return { vr };
  const representation = valueRepresentations.get(vr);
  if (representation === undefined || representation.kind === "bytes" || representation.kind === "sequence") {
    return { vr, bytes: littleEndianBytes(raw, representation?.width ?? 1) };
  }
  if (representation.kind === "number" || representation.kind === "tag") return decodeBinary(raw, representation);
  const Value = decodeTextual(raw, representation);
  return Value.length === 0 ? { vr } : { vr, Value };
}

/** A copy of the value; in big endian with the bytes of each unit in reverse, what is left over at the end in place. */
function littleEndianBytes(raw: RawValue, width: number): Uint8Array {
  const { bytes, start, end, isLittleEndian } = raw;
  const copy = bytes.slice(start, end);
  if (isLittleEndian || width === 1) return copy;
  for (let unit = 0; unit + width <= copy.length; unit += width) {
    for (let i = 0; i < width; i++) copy[unit + i] = bytes[start + unit + width - 1 - i];
  }
  return copy;
}

function decodeTextual(raw: RawValue, representation: ValueRepresentation): readonly ElementValue[] {
  const { bytes, start, decodeText } = raw;
  const end = endWithoutPadding(raw);
  if (end === start) return [];
  const { kind } = representation;
  const hasCharacterSet = kind === "text" || kind === "name";
  // Every character set of DICOM reads plain ASCII alike.
  const text =
    hasCharacterSet && !isPlainAscii(bytes, start, end)
      ? decodeText(bytes.subarray(start, end), kind === "name")
      : decodeLatin1Range(bytes, start, end);
  if (!representation.isMultiple) return [text];
  if (!text.includes("\\")) return [valueOfText(text, kind)];
  return valuesOfText(text, kind);
}

/** Values between backslashes. Text can be long, so the list has its length from the start. */
function valuesOfText(text: string, kind: ValueRepresentation["kind"]): readonly ElementValue[] {
  let count = 1;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", at + 1)) count++;
  const values = new Array<ElementValue>(count);
  let start = 0;
  for (let i = 0; i < count; i++) {
    const separator = text.indexOf("\\", start);
    const end = separator < 0 ? text.length : separator;
    values[i] = valueOfText(text.slice(start, end), kind);
    start = end + 1;
  }
  return values;
}

function endWithoutPadding({ bytes, start, end }: RawValue): number {
  let last = end;
  while (last > start && (bytes[last - 1] === space || bytes[last - 1] === 0)) last--;
  return last;
}

function valueOfText(text: string, kind: ValueRepresentation["kind"]): ElementValue {
  const value = kind === "text" || kind === "name" ? trimEnd(text) : trimEnd(text).trimStart();
  if (value === "") return null;
  if (kind === "decimal" && decimalPattern.test(value)) return Number.isFinite(Number(value)) ? Number(value) : value;
  if (kind === "integer-string" && integerPattern.test(value)) {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  return kind === "name" ? personNameOf(value) : value;
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) === space || text.charCodeAt(end - 1) === 0)) end--;
  return end === text.length ? text : text.slice(0, end);
}

function decodeBinary(raw: RawValue, representation: ValueRepresentation): Element {
  const { vr, view, start, end } = raw;
  const width = representation.kind === "tag" ? 4 : representation.width;
  if ((end - start) % width !== 0) return { vr: "UN", bytes: littleEndianBytes(raw, representation.width) };
  const Value: ElementValue[] = [];
  for (let at = start; at < end; at += width) Value.push(binaryValueAt(view, at, raw));
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

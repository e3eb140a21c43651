import { InputError } from "@etalon/base";
import type { Element, ElementValue } from "./data-set.ts";
import { encodeAscii, type TextEncoding } from "./encode-text.ts";
import { type ValueRepresentation, valueRepresentations } from "./value-representation.ts";

/** DS values have at most this many characters (PS3.5 table 6.2-1). */
const maximumDecimalLength = 16;

/**
 * The bytes of an element's value in little endian, padded to an even length (PS3.5 sections 6.2 and 7.1.1). Not for
 * sequences.
 *
 * @param field the element's name in errors
 * @throws InputError `wrong-type` (a value that its VR cannot hold), `out-of-range` (a character that the character set
 *   lacks), `missing-value` (a value that was left in its file)
 */
export function encodeValue(element: Element, encodeText: TextEncoding, field: string): Uint8Array {
  const representation = valueRepresentations.get(element.vr);
  if (representation === undefined) throw new InputError("wrong-type", field, element.vr, "a VR of PS3.5 table 6.2-1");
  if (element.bulk !== undefined) throw new InputError("missing-value", field, "a value that was left in its file");
  if (element.bytes !== undefined) return padded(element.bytes, 0);
  const values = element.Value ?? [];
  if (representation.kind === "number" || representation.kind === "tag") {
    return encodeBinary(values, element.vr, { representation, field });
  }
  if (representation.kind === "bytes" && values.length > 0) {
    throw new InputError("wrong-type", field, `${element.vr} with Value`, "bytes");
  }
  const parts = values.map((value) => textOfValue(value, representation, field));
  const isText = representation.kind === "text" || representation.kind === "name";
  const bytes = (isText ? encodeText : encodeAscii)(parts.join("\\"), field);
  return padded(bytes, element.vr === "UI" ? 0 : 0x20);
}

function padded(bytes: Uint8Array, padding: number): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1);
  even.set(bytes);
  even[bytes.length] = padding;
  return even;
}

function textOfValue(value: ElementValue, representation: ValueRepresentation, field: string): string {
  if (value === null) return "";
  if (typeof value === "number") return decimalText(value, representation, field);
  if (typeof value === "string") {
    if (representation.isMultiple && value.includes("\\")) {
      throw new InputError("wrong-type", field, value, "a value without backslash");
    }
    return value;
  }
  if (representation.kind === "name" && typeof value === "object") {
    const { Alphabetic, Ideographic, Phonetic } = value;
    const groups = [Alphabetic, Ideographic, Phonetic].map((group) => (typeof group === "string" ? group : ""));
    return groups.join("=").replace(/=+$/, "");
  }
  throw new InputError("wrong-type", field, typeof value, `a value of VR ${representation.name}`);
}

/** DS takes as many digits as its 16 characters hold. */
function decimalText(value: number, representation: ValueRepresentation, field: string): string {
  const isInteger = Number.isSafeInteger(value);
  const isAllowed = representation.kind === "decimal" ? Number.isFinite(value) : isInteger;
  const isNumeric = representation.kind === "decimal" || representation.kind === "integer-string";
  if (!isNumeric || !isAllowed) {
    throw new InputError("wrong-type", field, value, `a value of VR ${representation.name}`);
  }
  const text = String(value);
  return text.length <= maximumDecimalLength ? text : shortenedDecimal(value);
}

/** As many significant digits as fit: -999999999999999.5 rounds to a number of 17 characters, unless it has an exponent. */
function shortenedDecimal(value: number): string {
  for (let digits = maximumDecimalLength; digits > 0; digits--) {
    const rounded = Number(value.toPrecision(digits));
    // The greatest numbers are rounded beyond what a number can be: with fewer digits they are not.
    if (!Number.isFinite(rounded)) continue;
    const texts = [String(rounded), rounded.toExponential().replace("e+", "e")];
    const fitting = texts.find((text) => text.length <= maximumDecimalLength);
    if (fitting !== undefined) return fitting;
  }
  throw new Error(`no decimal text of ${maximumDecimalLength} characters for ${value}`);
}

function encodeBinary(
  values: readonly ElementValue[],
  vr: string,
  how: { readonly representation: ValueRepresentation; readonly field: string },
): Uint8Array {
  const width = how.representation.kind === "tag" ? 4 : how.representation.width;
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (!setBinary(view, i * width, { vr, value })) {
      throw new InputError("wrong-type", how.field, String(value), `a value of VR ${vr}`);
    }
  });
  return bytes;
}

/** Integer VRs: lowest and highest value. */
const integerRanges: Readonly<Record<string, readonly [number, number]>> = {
  US: [0, 0xffff],
  SS: [-0x8000, 0x7fff],
  UL: [0, 0xffffffff],
  SL: [-0x80000000, 0x7fffffff],
};

function setBinary(view: DataView, at: number, entry: { vr: string; value: ElementValue }): boolean {
  const { vr, value } = entry;
  if (vr === "AT") return setTag(view, at, value);
  if (vr === "UV" || vr === "SV") return setLong(view, at, entry);
  if (typeof value !== "number") return false;
  const range = integerRanges[vr];
  if (range !== undefined && !(Number.isInteger(value) && value >= range[0] && value <= range[1])) return false;
  if (vr === "US") view.setUint16(at, value, true);
  else if (vr === "SS") view.setInt16(at, value, true);
  else if (vr === "UL") view.setUint32(at, value, true);
  else if (vr === "SL") view.setInt32(at, value, true);
  else if (vr === "FL") view.setFloat32(at, value, true);
  else view.setFloat64(at, value, true);
  return true;
}

function setTag(view: DataView, at: number, value: ElementValue): boolean {
  if (typeof value !== "string" || !/^[0-9A-F]{8}$/i.test(value)) return false;
  view.setUint16(at, Number.parseInt(value.slice(0, 4), 16), true);
  view.setUint16(at + 2, Number.parseInt(value.slice(4), 16), true);
  return true;
}

function setLong(view: DataView, at: number, entry: { vr: string; value: ElementValue }): boolean {
  const { vr, value } = entry;
  if (typeof value !== "bigint" && !(typeof value === "number" && Number.isSafeInteger(value))) return false;
  const long = BigInt(value);
  const fits = vr === "UV" ? BigInt.asUintN(64, long) === long : BigInt.asIntN(64, long) === long;
  if (!fits) return false;
  if (vr === "UV") view.setBigUint64(at, long, true);
  else view.setBigInt64(at, long, true);
  return true;
}

import { type ByteWindow, malformed, requireBytes } from "./byte-window.ts";
import { dictionaryVr } from "./dictionary.ts";
import { valueRepresentations } from "./value-representation.ts";

/** How the elements of a data set are written. */
export interface Encoding {
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
}

/** Tag, VR and length of one element, and where its value starts in the window. */
export interface ElementHeader {
  readonly tag: number;
  /** Two letters; a choice of the dictionary (`ox`, `xs`, `lt`) in implicit encodings; empty for items and delimiters. */
  readonly vr: string;
  /** Bytes of the value, or {@link undefinedLength}. */
  readonly length: number;
  readonly valueStart: number;
}

/** The length that says "up to the delimiter" (PS3.5 section 7.1). */
export const undefinedLength = 0xffffffff;

export const itemTag = 0xfffee000;
export const itemDelimiterTag = 0xfffee00d;
export const sequenceDelimiterTag = 0xfffee0dd;

const upperA = 0x41;
const upperZ = 0x5a;

/** Every known VR by its two bytes as one number, with whether its length takes 32 bits. */
const vrByCode: ReadonlyMap<number, { readonly vr: string; readonly hasLongLength: boolean }> = new Map(
  Array.from(valueRepresentations.values(), ({ name, hasLongLength }) => [
    name.charCodeAt(0) * 256 + name.charCodeAt(1),
    { vr: name, hasLongLength },
  ]),
);

/** Whether a known VR stands at a position: the sign of an explicit encoding. */
export function hasKnownVrAt(bytes: Uint8Array, position: number): boolean {
  return position + 1 < bytes.length && vrByCode.has(bytes[position] * 256 + bytes[position + 1]);
}

/** The tag at a position that is known to lie in the window. */
export function readTag(window: ByteWindow, position: number, isLittleEndian: boolean): number {
  const { view } = window;
  return ((view.getUint16(position, isLittleEndian) << 16) | view.getUint16(position + 2, isLittleEndian)) >>> 0;
}

/**
 * Reads the header of the element at a position (PS3.5 sections 7.1.2 and 7.1.3).
 *
 * @throws DicomError `dicom-truncated`, `dicom-malformed` (no VR where one must stand)
 */
export function readElementHeader(window: ByteWindow, position: number, encoding: Encoding): ElementHeader {
  const { bytes, view } = window;
  const { isLittleEndian } = encoding;
  requireBytes(window, position + 4, 0);
  const tag = readTag(window, position, isLittleEndian);
  requireBytes(window, position + 8, tag);
  if (tag >= itemTag && tag <= sequenceDelimiterTag) {
    return { tag, vr: "", length: view.getUint32(position + 4, isLittleEndian), valueStart: position + 8 };
  }
  if (!encoding.isExplicit) {
    const length = view.getUint32(position + 4, isLittleEndian);
    return { tag, vr: dictionaryVr(tag), length, valueStart: position + 8 };
  }
  const known = vrByCode.get(bytes[position + 4] * 256 + bytes[position + 5]);
  if (known === undefined) return readUnknownVr(window, { tag, position }, isLittleEndian);
  if (!known.hasLongLength) {
    return { tag, vr: known.vr, length: view.getUint16(position + 6, isLittleEndian), valueStart: position + 8 };
  }
  requireBytes(window, position + 12, tag);
  return { tag, vr: known.vr, length: view.getUint32(position + 8, isLittleEndian), valueStart: position + 12 };
}

/**
 * A VR that the Standard does not know yet is kept as UN. Those to come have the long form (PS3.5 section 6.2); the
 * short form is taken where the reserved bytes are not zero.
 */
function readUnknownVr(
  window: ByteWindow,
  at: { tag: number; position: number },
  isLittleEndian: boolean,
): ElementHeader {
  const { tag, position } = at;
  const { bytes, view } = window;
  const [first, second] = [bytes[position + 4], bytes[position + 5]];
  const areLetters = first >= upperA && first <= upperZ && second >= upperA && second <= upperZ;
  if (!areLetters) throw malformed(window, at, `no VR: bytes ${first} ${second}`);
  const shortLength = view.getUint16(position + 6, isLittleEndian);
  if (shortLength !== 0) return { tag, vr: "UN", length: shortLength, valueStart: position + 8 };
  requireBytes(window, position + 12, tag);
  return { tag, vr: "UN", length: view.getUint32(position + 8, isLittleEndian), valueStart: position + 12 };
}

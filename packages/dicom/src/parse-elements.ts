import { DicomError } from "@etalon/base";
import { type ByteWindow, malformed, requireBytes, tooLarge } from "./byte-window.ts";
import { type TextDecoding, textDecodingOf } from "./character-set.ts";
import type { DataSet, Element } from "./data-set.ts";
import { decodeValue } from "./decode-value.ts";
import { dictionaryVr, tagKey } from "./dictionary.ts";
import {
  type ElementHeader,
  type Encoding,
  hasKnownVrAt,
  itemDelimiterTag,
  itemTag,
  readElementHeader,
  readTag,
  sequenceDelimiterTag,
  undefinedLength,
} from "./element-header.ts";
import { tagLabel } from "./tag.ts";
import { valueRepresentations } from "./value-representation.ts";

/** Sequences nested deeper than this are refused; real objects stay under ten. */
export const maximumDepth = 64;

/**
 * Values that become lists, and sequences, take up to twenty times their bytes in memory: a longer value, or more in all
 * sequences of a file together, is refused. The largest that are found (contours, functional groups) stay well under.
 */
export const longestListBytes = 16 * 1024 * 1024;
export const longestSequenceBytes = 128 * 1024 * 1024;

/**
 * Elements and items in the sequences of one object. The smallest take 8 bytes in the file and a hundred in memory; an enhanced
 * image of 20 000 frames has some 800 000.
 */
export const mostNested = 2 ** 20;

/** What the elements of one data set or item share. */
export interface ElementScope {
  readonly encoding: Encoding;
  readonly depth: number;
  /** Binary values (OB, OW, UN …) longer than this stay in the file, also in items. */
  readonly leaveBinaryOverBytes: number;
  /** Elements and items of sequences so far: one count for the whole object. */
  readonly nested: { count: number };
  /** Changes where (0008,0005) says so; items start with their parent's. */
  decodeText: TextDecoding;
  /** PixelRepresentation (0028,0103), which decides `US or SS`. */
  isSigned: boolean;
}

/** An element and the position after it. */
export interface ParsedElement {
  readonly element: Element;
  readonly end: number;
}

const specificCharacterSet = 0x00080005;
const pixelRepresentation = 0x00280103;

const implicitLittleEndian: Encoding = { isExplicit: false, isLittleEndian: true };

/**
 * Reads the value of one element whose header was read, sequences with all that is in them. A standard element that an
 * explicit file calls UN has the VR of the dictionary, in implicit little endian (PS3.5 section 6.2.2, CP-246).
 *
 * @throws DicomError `dicom-truncated`, `dicom-malformed`, `dicom-too-deep`, `dicom-too-large`, `dicom-too-many`
 */
export function parseValue(window: ByteWindow, header: ElementHeader, scope: ElementScope): ParsedElement {
  const { tag, length, valueStart } = header;
  if (length === undefinedLength) return parseUndefinedLength(window, header, scope);
  const end = valueStart + length;
  if (length > longestListBytes && isList(header)) {
    throw tooLarge(window, tag, { received: length, limit: longestListBytes });
  }
  requireBytes(window, end, tag);
  const isHidden = header.vr === "UN" && scope.encoding.isExplicit;
  const vr = isHidden ? dictionaryVr(tag) : header.vr;
  const inner: ElementScope = isHidden ? { ...scope, encoding: implicitLittleEndian } : scope;
  if (vr === "SQ") {
    const Value = parseItems(window, { tag, start: valueStart, end }, inner).items;
    return { element: Value.length === 0 ? { vr: "SQ" } : { vr: "SQ", Value }, end };
  }
  if (length > scope.leaveBinaryOverBytes && !isList({ ...header, vr })) {
    return { element: { vr: resolvedVr(vr, false), bulk: { offset: window.base + valueStart, length } }, end };
  }
  return { element: parseDefinedValue(window, isHidden ? { ...header, vr } : header, inner), end };
}

/** Whether a value becomes more than a copy of its bytes: text and numbers. */
export function isList({ tag, vr }: ElementHeader): boolean {
  const settled = resolvedVr(vr === "UN" ? dictionaryVr(tag) : vr, false);
  const kind = valueRepresentations.get(settled)?.kind;
  return kind !== "bytes" && kind !== "sequence";
}

function parseDefinedValue(window: ByteWindow, header: ElementHeader, scope: ElementScope): Element {
  const { valueStart, length, tag } = header;
  const element = decodeValue({
    vr: resolvedVr(header.vr, scope.isSigned),
    bytes: window.bytes,
    view: window.view,
    start: valueStart,
    end: valueStart + length,
    isLittleEndian: scope.encoding.isLittleEndian,
    decodeText: scope.decodeText,
  });
  if (tag === specificCharacterSet) {
    scope.decodeText = textDecodingOf((element.Value ?? []).map((term) => (typeof term === "string" ? term : "")));
  }
  if (tag === pixelRepresentation) scope.isSigned = element.Value?.[0] === 1;
  return element;
}

/** The VR of a dictionary choice: words where PS3.5 annex A.1 says so for implicit VR, else by PixelRepresentation. */
function resolvedVr(vr: string, isSigned: boolean): string {
  if (vr === "ox" || vr === "lt") return "OW";
  if (vr === "xs") return isSigned ? "SS" : "US";
  return vr;
}

/** Undefined length: a sequence, one that an implicit writer hid in UN (CP-246), or the fragments of encapsulated data. */
function parseUndefinedLength(window: ByteWindow, header: ElementHeader, scope: ElementScope): ParsedElement {
  const { tag, vr, valueStart } = header;
  if (vr === "OB" || vr === "OW" || vr === "ox") {
    const end = skipFragments(window, header, scope.encoding.isLittleEndian);
    return { element: { vr: resolvedVr(vr, false), bulk: { offset: window.base + valueStart, length: -1 } }, end };
  }
  if (vr !== "SQ" && vr !== "UN") {
    throw malformed(window, { tag, position: valueStart }, `undefined length of a value of VR ${vr}`);
  }
  const isHidden = vr === "UN" && scope.encoding.isExplicit;
  const inner: ElementScope = isHidden ? { ...scope, encoding: implicitLittleEndian } : scope;
  const { items, end } = parseItems(window, { tag, start: valueStart, end: undefined }, inner);
  return { element: items.length === 0 ? { vr: "SQ" } : { vr: "SQ", Value: items }, end };
}

interface SequencePlace {
  readonly tag: number;
  readonly start: number;
  /** Position after the sequence; `undefined` when a delimiter says it. */
  readonly end: number | undefined;
}

function parseItems(window: ByteWindow, place: SequencePlace, scope: ElementScope): { items: DataSet[]; end: number } {
  if (scope.depth >= maximumDepth) {
    throw new DicomError("dicom-too-deep", {
      file: window.file,
      field: tagLabel(place.tag),
      details: { tag: tagLabel(place.tag), limit: maximumDepth },
    });
  }
  const items: DataSet[] = [];
  let position = place.start;
  while (place.end === undefined || position < place.end) {
    const header = readItemHeader(window, position, { scope, sequence: place.tag });
    if (header.tag === sequenceDelimiterTag) return { items, end: place.end ?? header.valueStart };
    const end = header.length === undefinedLength ? undefined : header.valueStart + header.length;
    if (end !== undefined && end > (place.end ?? end)) {
      throw malformed(
        window,
        { tag: place.tag, position },
        `item of length ${header.length} passes the sequence's end`,
      );
    }
    countNested(window, place.tag, scope);
    const item = parseItem(window, { tag: place.tag, start: header.valueStart, end }, scope);
    items.push(item.dataSet);
    position = item.end;
  }
  return { items, end: position };
}

function countNested(window: ByteWindow, tag: number, { nested }: ElementScope): void {
  nested.count += 1;
  if (nested.count <= mostNested) return;
  const details = { tag: tagLabel(tag), limit: mostNested };
  throw new DicomError("dicom-too-many", { file: window.file, field: tagLabel(tag), details });
}

/** The header of an item, or of the delimiter that stands in its place. */
function readItemHeader(
  window: ByteWindow,
  position: number,
  inside: { scope: ElementScope; sequence: number },
): ElementHeader {
  requireBytes(window, position + 8, inside.sequence);
  const header = readElementHeader(window, position, inside.scope.encoding);
  if (header.tag !== itemTag && header.tag !== sequenceDelimiterTag) {
    throw malformed(window, { tag: inside.sequence, position }, `${tagLabel(header.tag)} where an item must stand`);
  }
  return header;
}

function parseItem(window: ByteWindow, place: SequencePlace, parent: ElementScope): { dataSet: DataSet; end: number } {
  if (place.end !== undefined) requireBytes(window, place.end, place.tag);
  const scope: ElementScope = {
    encoding: itemEncoding(window, place, parent.encoding),
    depth: parent.depth + 1,
    leaveBinaryOverBytes: parent.leaveBinaryOverBytes,
    nested: parent.nested,
    decodeText: parent.decodeText,
    isSigned: parent.isSigned,
  };
  const limit = place.end ?? Number.POSITIVE_INFINITY;
  const dataSet: Record<string, Element> = {};
  let position = place.start;
  while (position < limit) {
    requireBytes(window, position + 8, place.tag);
    const header = readElementHeader(window, position, scope.encoding);
    if (header.tag === itemDelimiterTag) return { dataSet, end: place.end ?? header.valueStart };
    if (header.vr === "") throw malformed(window, { tag: header.tag, position }, "delimiter without its sequence");
    if (header.length !== undefinedLength && header.valueStart + header.length > limit) {
      throw malformed(window, { tag: header.tag, position }, `length ${header.length} passes the end of its item`);
    }
    countNested(window, header.tag, scope);
    const parsed = parseValue(window, header, scope);
    dataSet[tagKey(header.tag)] = parsed.element;
    position = parsed.end;
  }
  return { dataSet, end: position };
}

/**
 * Items mostly follow their data set's encoding. Some writers put implicit items into an explicit file, which shows in
 * the first element: no known VR stands there, and as an implicit length its bytes fit.
 */
function itemEncoding(window: ByteWindow, place: SequencePlace, encoding: Encoding): Encoding {
  if (!encoding.isExplicit || (place.end !== undefined && place.end - place.start < 8)) return encoding;
  requireBytes(window, place.start + 8, place.tag);
  const { bytes, view } = window;
  if (hasKnownVrAt(bytes, place.start + 4)) return encoding;
  if (readTag(window, place.start, encoding.isLittleEndian) >= itemTag) return encoding;
  const implicitLength = view.getUint32(place.start + 4, encoding.isLittleEndian);
  const room = (place.end ?? Math.min(window.streamEnd - window.base, place.start + 0xffff)) - place.start - 8;
  const fits = implicitLength <= room || implicitLength === undefinedLength;
  return fits ? { ...encoding, isExplicit: false } : encoding;
}

/** The position after the sequence delimiter of encapsulated data (PS3.5 annex A.4). */
function skipFragments(window: ByteWindow, header: ElementHeader, isLittleEndian: boolean): number {
  let position = header.valueStart;
  for (;;) {
    const fragment = readFragmentHeader(window, { tag: header.tag, position }, isLittleEndian);
    position = fragment.end;
    if (fragment.isLast) return position;
    requireBytes(window, position, header.tag);
  }
}

/**
 * The next fragment of encapsulated data, or the delimiter after the last.
 *
 * @throws DicomError `dicom-truncated`, `dicom-malformed`
 */
export function readFragmentHeader(
  window: ByteWindow,
  at: { tag: number; position: number },
  isLittleEndian: boolean,
): { end: number; isLast: boolean } {
  const { tag, position } = at;
  requireBytes(window, position + 8, tag);
  const fragmentTag = readTag(window, position, isLittleEndian);
  const length = window.view.getUint32(position + 4, isLittleEndian);
  if (fragmentTag === sequenceDelimiterTag) return { end: position + 8, isLast: true };
  if (fragmentTag !== itemTag || length === undefinedLength) {
    throw malformed(window, at, `${tagLabel(fragmentTag)} where a fragment must stand`);
  }
  return { end: position + 8 + length, isLast: false };
}

import { type ByteWindow, malformed, requireBytes, tooLarge } from "./byte-window.ts";
import { textDecodingOf } from "./character-set.ts";
import type { Element } from "./data-set.ts";
import { dictionaryVr, tagKey } from "./dictionary.ts";
import { type ElementHeader, type Encoding, readElementHeader, readTag, undefinedLength } from "./element-header.ts";
import { type ElementScope, isList, longestSequenceBytes, parseValue, readFragmentHeader } from "./parse-elements.ts";

/** Values longer than this stay in the file when only the header is asked for. */
export const bulkThreshold = 64 * 1024;

/** Where the reading of one run of elements stands; `position` is absolute, after the last complete element. */
export interface TopLevelState {
  readonly scope: ElementScope;
  readonly dataSet: Record<string, Element>;
  /** The group that the run is of; an element of another group ends it. */
  readonly onlyGroup: number | undefined;
  /** Whether pixel data ends the reading and large values stay in the file. */
  readonly isHeaderOnly: boolean;
  /** Binary values longer than this stay in the file. */
  readonly leaveBinaryOverBytes: number;
  position: number;
  /** Where the run starts. */
  readonly start: number;
  /** The tag of encapsulated data whose fragments are being skipped. */
  fragmentsOf: number | undefined;
  /** Bytes of the elements so far that became more than a copy of their bytes. */
  decodedBytes: number;
  /** Elements and items in the sequences so far. */
  nestedCount: number;
  /** The tag of the value that reading last jumped over. */
  skipped: number;
  isDone: boolean;
  /** Whether the stream ends inside the pixel data. */
  isTruncated: boolean;
}

/** A state before the first element. */
export function topLevelState(
  encoding: Encoding,
  options: Pick<TopLevelState, "position" | "onlyGroup" | "isHeaderOnly" | "leaveBinaryOverBytes">,
): TopLevelState {
  return {
    scope: {
      encoding,
      depth: 0,
      leaveBinaryOverBytes: options.leaveBinaryOverBytes,
      nested: { count: 0 },
      decodeText: textDecodingOf([]),
      isSigned: false,
    },
    dataSet: {},
    ...options,
    start: options.position,
    fragmentsOf: undefined,
    decodedBytes: 0,
    nestedCount: 0,
    skipped: 0,
    isDone: false,
    isTruncated: false,
  };
}

const pixelDataTags: ReadonlySet<number> = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010]);

/**
 * Reads elements from `state.position` on, until the run is done. Synchronous: the caller loads another window when this
 * one ends, and calls again.
 *
 * @throws WindowExhausted where the window ends before the run
 * @throws DicomError `dicom-truncated`, `dicom-malformed`, `dicom-too-deep`, `dicom-too-large`, `dicom-too-many`
 */
export function parseTopLevel(window: ByteWindow, state: TopLevelState): void {
  while (!state.isDone) {
    if (state.fragmentsOf !== undefined) passFragment(window, state, state.fragmentsOf);
    else passElement(window, state);
  }
}

function passElement(window: ByteWindow, state: TopLevelState): void {
  const position = state.position - window.base;
  const { scope } = state;
  if (state.position >= window.streamEnd) {
    // Only a value that was jumped over can end beyond the stream.
    if (pixelDataTags.has(state.skipped) && state.position > window.streamEnd) state.isTruncated = true;
    else requireBytes(window, position, state.skipped);
    state.isDone = true;
    return;
  }
  if (isPadding(window, position, state)) {
    state.isDone = true;
    return;
  }
  requireBytes(window, position + 4, state.skipped);
  const group = readTag(window, position, scope.encoding.isLittleEndian) >>> 16;
  if (state.onlyGroup !== undefined && group !== state.onlyGroup) {
    state.isDone = true;
    return;
  }
  const header = readElementHeader(window, position, scope.encoding);
  const { tag, length, valueStart } = header;
  if (header.vr === "") throw malformed(window, { tag, position }, "delimiter outside any sequence");
  if (pixelDataTags.has(tag)) {
    passPixelData(window, state, header);
    return;
  }
  const isLarge = length > bulkThreshold && length !== undefinedLength && header.vr !== "SQ";
  const isLeftBinary = length > state.leaveBinaryOverBytes && length !== undefinedLength && isBinary(header);
  if ((state.isHeaderOnly && isLarge) || isLeftBinary) {
    const offset = window.base + valueStart;
    state.dataSet[tagKey(tag)] = {
      vr: header.vr === "ox" || header.vr === "lt" ? "OW" : header.vr,
      bulk: { offset, length },
    };
    state.position = offset + length;
    state.skipped = tag;
    return;
  }
  // A sequence without length is bounded by the window, which grows while the sequence does not end.
  const size = length === undefinedLength ? window.bytes.length - position : length;
  const decodedBytes = state.decodedBytes + size;
  if (decodedBytes > longestSequenceBytes && (isSequence(header) || isList(header))) {
    throw tooLarge(window, tag, { received: decodedBytes, limit: longestSequenceBytes });
  }
  // An element that the window cut is read again from its start.
  scope.nested.count = state.nestedCount;
  const parsed = parseValue(window, header, scope);
  state.nestedCount = scope.nested.count;
  state.dataSet[tagKey(tag)] = parsed.element;
  state.position = window.base + parsed.end;
  if (parsed.element.bytes === undefined) state.decodedBytes += parsed.end - position;
}

/** Zeros after the last element: files are found that are padded to a whole number of disk blocks. */
function isPadding(window: ByteWindow, position: number, state: TopLevelState): boolean {
  if (window.bytes[position] !== 0 || state.position === state.start) return false;
  const end = Math.min(position + 8, window.streamEnd - window.base);
  requireBytes(window, end, state.skipped);
  return window.bytes.subarray(position, end).every((byte) => byte === 0);
}

function isSequence({ tag, vr, length }: ElementHeader): boolean {
  return length === undefinedLength || (vr === "UN" ? dictionaryVr(tag) : vr) === "SQ";
}

/** Whether a value would be kept as its bytes. */
function isBinary(header: ElementHeader): boolean {
  return !isList(header) && !isSequence(header);
}

/** Pixel data stays in the file: its place is kept. */
function passPixelData(
  window: ByteWindow,
  state: TopLevelState,
  header: { tag: number; vr: string; length: number; valueStart: number },
): void {
  const { tag, length } = header;
  const offset = window.base + header.valueStart;
  const isEncapsulated = length === undefinedLength;
  state.dataSet[tagKey(tag)] = {
    vr: header.vr === "ox" ? "OW" : header.vr,
    bulk: { offset, length: isEncapsulated ? -1 : length },
  };
  if (!isEncapsulated && offset + length > window.streamEnd) state.isTruncated = true;
  if (state.isHeaderOnly || state.isTruncated) state.isDone = true;
  else if (isEncapsulated) state.fragmentsOf = tag;
  state.position = isEncapsulated ? offset : offset + length;
  state.skipped = tag;
}

function passFragment(window: ByteWindow, state: TopLevelState, tag: number): void {
  const at = { tag, position: state.position - window.base };
  if (state.position + 8 > window.streamEnd) {
    state.isTruncated = true;
    state.isDone = true;
    return;
  }
  const fragment = readFragmentHeader(window, at, state.scope.encoding.isLittleEndian);
  state.position = window.base + fragment.end;
  if (fragment.isLast) state.fragmentsOf = undefined;
}

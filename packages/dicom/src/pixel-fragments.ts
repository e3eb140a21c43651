import { DicomError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import { pixelDataLabel } from "./codecs/pixel-layout.ts";

/** Where one fragment's bytes lie in the source. */
export interface Fragment {
  readonly offset: number;
  readonly length: number;
}

/** What is known of encapsulated pixel data beside its fragments. */
export interface EncapsulatedPixels {
  /** Offset of the basic offset table's item, the first item of the pixel data. */
  readonly offset: number;
  readonly numberOfFrames: number;
  /** Extended Offset Table (7FE0,0001): where each frame's first item starts, counted from the first fragment's item; empty where absent. */
  readonly extendedOffsets?: readonly number[];
  /** Extended Offset Table Lengths (7FE0,0002): bytes of each frame. */
  readonly extendedLengths?: readonly number[];
}

/** Item tags as the four bytes read in little endian. */
const itemTag = 0xe000fffe;
const sequenceDelimiterTag = 0xe0ddfffe;
const itemHeaderBytes = 8;

/** The most fragments that one object may hold: 16 times what the largest slide uses. */
const fragmentLimit = 4 * 1024 * 1024;

/** Bytes read at a time while items are walked: enough for many small fragments, little for one large one. */
const windowBytes = 4096;

/**
 * The fragments of every frame of encapsulated pixel data, in order. Only item headers are read, and where no table
 * says which fragments belong together, the first and last bytes of each.
 *
 * Frames are told apart by the extended offset table, else by the basic offset table, else one fragment is one frame,
 * else by the start and end markers that JPEG and JPEG 2000 streams carry. A table that does not fit the items is not
 * used.
 *
 * @throws DicomError dicom-malformed (fragments and NumberOfFrames do not fit), dicom-truncated, dicom-too-large
 * @see PS3.5 A.4 and A.4.1, PS3.3 C.7.6.3.1.8
 */
export async function frameFragments(
  source: ByteSource,
  pixels: EncapsulatedPixels,
): Promise<readonly (readonly Fragment[])[]> {
  const [table, ...fragments] = await walkItems(source, pixels.offset);
  const { numberOfFrames } = pixels;
  if (table === undefined || fragments.length === 0)
    throw malformed(source, pixels.offset, "encapsulated pixel data without a fragment");

  const extended = groupByOffsets(fragments, pixels.extendedOffsets ?? []);
  if (extended?.length === numberOfFrames) return withLengths(extended, pixels.extendedLengths);
  if (numberOfFrames === 1) return [fragments];
  const basic = groupByOffsets(fragments, await readOffsetTable(source, table));
  if (basic?.length === numberOfFrames) return basic;
  if (fragments.length === numberOfFrames) return fragments.map((fragment) => [fragment]);
  const marked = await groupByMarkers(source, fragments);
  if (marked.length === numberOfFrames) return marked;
  throw malformed(source, pixels.offset, `${fragments.length} fragments for ${numberOfFrames} frames`);
}

/**
 * The bytes of fragments, joined.
 *
 * @throws DicomError dicom-truncated, dicom-too-large
 */
export async function readFragments(
  source: ByteSource,
  fragments: readonly Fragment[],
  limit: number,
): Promise<Uint8Array> {
  const length = fragments.reduce((sum, fragment) => sum + fragment.length, 0);
  if (length > limit)
    throw new DicomError("dicom-too-large", {
      file: source.name,
      field: pixelDataLabel,
      received: length,
      details: { tag: pixelDataLabel, limit },
    });
  const pieces: Uint8Array[] = [];
  for (const fragment of fragments) {
    if (fragment.offset + fragment.length > source.size) throw truncated(source, source.size);
    const piece = await source.read(fragment.offset, fragment.length);
    if (piece.length < fragment.length) throw truncated(source, fragment.offset + piece.length);
    pieces.push(piece);
  }
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

/** Every item, the offset table first. A file that ends without the delimiter keeps the items that it has. */
async function walkItems(source: ByteSource, offset: number): Promise<readonly Fragment[]> {
  const items: Fragment[] = [];
  let window: Uint8Array = new Uint8Array(0);
  let windowOffset = 0;
  for (let at = offset; at + itemHeaderBytes <= source.size; ) {
    if (at < windowOffset || at + itemHeaderBytes > windowOffset + window.length) {
      window = await source.read(at, windowBytes);
      windowOffset = at;
      if (window.length < itemHeaderBytes) throw truncated(source, at + window.length);
    }
    const view = new DataView(window.buffer, window.byteOffset + at - windowOffset, itemHeaderBytes);
    const tag = view.getUint32(0, true);
    const length = view.getUint32(4, true);
    if (tag === sequenceDelimiterTag) break;
    if (tag !== itemTag || length === 0xffffffff) throw malformed(source, at, "no item where a fragment should start");
    items.push({ offset: at + itemHeaderBytes, length });
    if (items.length > fragmentLimit)
      throw new DicomError("dicom-too-large", {
        file: source.name,
        field: pixelDataLabel,
        received: items.length * itemHeaderBytes,
        details: { tag: pixelDataLabel, limit: fragmentLimit * itemHeaderBytes },
      });
    at += itemHeaderBytes + length;
  }
  return items;
}

async function readOffsetTable(source: ByteSource, table: Fragment): Promise<readonly number[]> {
  const bytes = await readFragments(source, [table], fragmentLimit * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getUint32(4 * index, true));
}

/** Fragments from each offset to the next, or `undefined` where the offsets are not those of items in order. */
function groupByOffsets(
  fragments: readonly Fragment[],
  offsets: readonly number[],
): readonly (readonly Fragment[])[] | undefined {
  const origin = (fragments[0]?.offset ?? 0) - itemHeaderBytes;
  const groups: Fragment[][] = [];
  for (const fragment of fragments) {
    if (fragment.offset - itemHeaderBytes - origin === offsets[groups.length]) groups.push([]);
    const group = groups.at(-1);
    if (group === undefined) return undefined;
    group.push(fragment);
  }
  return groups.length === offsets.length ? groups : undefined;
}

function withLengths(
  groups: readonly (readonly Fragment[])[],
  lengths: readonly number[] | undefined,
): readonly (readonly Fragment[])[] {
  return groups.map((group, index) => {
    const [only] = group;
    const length = lengths?.[index];
    const isTrimmed = group.length === 1 && only !== undefined && length !== undefined && length <= only.length;
    return isTrimmed ? [{ offset: only.offset, length }] : group;
  });
}

/** A frame starts where a fragment starts with a start marker and the one before ended with an end marker. */
async function groupByMarkers(
  source: ByteSource,
  fragments: readonly Fragment[],
): Promise<readonly (readonly Fragment[])[]> {
  const groups: Fragment[][] = [];
  let hasEnded = true;
  for (const fragment of fragments) {
    const head = await source.read(fragment.offset, Math.min(4, fragment.length));
    const group = groups.at(-1);
    if (group === undefined || (hasEnded && startsStream(head))) groups.push([fragment]);
    else group.push(fragment);
    const tailLength = Math.min(3, fragment.length);
    hasEnded = endsStream(await source.read(fragment.offset + fragment.length - tailLength, tailLength));
  }
  return groups;
}

function startsStream(head: Uint8Array): boolean {
  const isJpeg = head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
  const isJpeg2000 = head[0] === 0xff && head[1] === 0x4f && head[2] === 0xff && head[3] === 0x51;
  return isJpeg || isJpeg2000;
}

/** Both kinds end with FFD9, and one byte of padding may follow. */
function endsStream(tail: Uint8Array): boolean {
  const end = tail.at(-1) === 0 ? tail.length - 1 : tail.length;
  return tail[end - 2] === 0xff && tail[end - 1] === 0xd9;
}

function malformed(source: ByteSource, offset: number, reason: string): DicomError {
  const tag = pixelDataLabel;
  return new DicomError("dicom-malformed", { file: source.name, field: tag, details: { tag, offset, reason } });
}

function truncated(source: ByteSource, offset: number): DicomError {
  const tag = pixelDataLabel;
  return new DicomError("dicom-truncated", { file: source.name, field: tag, details: { tag, offset } });
}

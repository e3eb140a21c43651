import { DicomError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import { nativeFrameBits } from "./codecs/native.ts";
import type { PixelLayout } from "./codecs/pixel-layout.ts";
import type { Element } from "./data-set.ts";
import type { Part10 } from "./part10.ts";
import { readBulk } from "./read-bulk.ts";
import { deflatedUid, explicitBigEndianUid } from "./transfer-syntax.ts";

/** One frame of an element that holds uncompressed pixels. */
export interface NativeFrameRequest {
  /** The element as errors name it. */
  readonly label: string;
  readonly element: Element;
  readonly layout: PixelLayout;
  readonly frameIndex: number;
}

/** The bytes that hold a frame. */
export interface NativeFrameBytes {
  /** Little endian, whatever the transfer syntax. */
  readonly bytes: Uint8Array;
  /** Bit at which the frame starts, counted from the first byte. */
  readonly firstBit: number;
}

/**
 * Reads the bytes of one uncompressed frame.
 *
 * @throws DicomError dicom-truncated, dicom-malformed (the element is shorter than the header asks for)
 * @see PS3.5 section 8.1.1, annex D (pixels in big endian words)
 */
export async function readNativeFrame(
  source: ByteSource,
  part10: Part10,
  request: NativeFrameRequest,
): Promise<NativeFrameBytes> {
  const { label, element, layout, frameIndex } = request;
  const frameBits = nativeFrameBits(layout);
  const firstBit = frameIndex * frameBits;
  const unit = part10.transferSyntaxUid === explicitBigEndianUid ? swappedBytes(element.vr, layout.bitsAllocated) : 1;
  // Whole words, since 8-bit and 1-bit pixels in big endian words lie the other way round within each.
  const start = Math.floor(firstBit / 8 / unit) * unit;
  const end = Math.ceil((firstBit + frameBits) / 8 / unit) * unit;

  const length = element.bytes?.length ?? element.bulk?.length ?? 0;
  if (end > length)
    throw new DicomError("dicom-malformed", {
      file: source.name,
      field: label,
      received: length,
      details: {
        tag: label,
        offset: element.bulk?.offset ?? 0,
        reason: `${length} bytes of pixels, frame ${frameIndex} ends at ${end}`,
      },
    });
  const isInFile = element.bulk !== undefined && part10.transferSyntaxUid !== deflatedUid;
  if (isInFile && element.bulk.offset + end > source.size)
    throw new DicomError("dicom-truncated", {
      file: source.name,
      field: label,
      details: { tag: label, offset: source.size },
    });
  const raw = await elementBytes(source, part10, { element, start, end });
  return { bytes: swapped(raw, unit), firstBit: firstBit - 8 * start };
}

async function elementBytes(
  source: ByteSource,
  part10: Part10,
  request: { readonly element: Element; readonly start: number; readonly end: number },
): Promise<Uint8Array> {
  const { element, start, end } = request;
  if (element.bytes !== undefined) {
    const isInWords = part10.transferSyntaxUid === explicitBigEndianUid && element.vr === "OW";
    // The reader has already turned the words of a short value; the pixels need them as they were in the file.
    return isInWords ? swapped(element.bytes.subarray(start, end), 2) : element.bytes.subarray(start, end);
  }
  const offset = (element.bulk?.offset ?? 0) + start;
  return readBulk(source, part10, { offset, length: end - start });
}

/** How many bytes a big endian transfer syntax writes in reverse order together: 1, 2, 4 or 8. */
export function swappedBytes(vr: string, bitsAllocated: number): number {
  if (bitsAllocated > 8) return bitsAllocated / 8;
  return vr === "OW" ? 2 : 1;
}

/** The bytes with each whole run of `unit` of them reversed; the same array where a unit is one byte. */
export function swapped(bytes: Uint8Array, unit: number): Uint8Array {
  if (unit === 1) return bytes;
  const reversed = new Uint8Array(bytes);
  for (let at = 0; at + unit <= reversed.length; at += unit) reversed.subarray(at, at + unit).reverse();
  return reversed;
}

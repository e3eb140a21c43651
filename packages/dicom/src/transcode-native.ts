import { DicomError, InputError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import type { CodecSet } from "./codecs/codec-set.ts";
import { pixelDataLabel, pixelDataTags } from "./codecs/pixel-layout.ts";
import { transferSyntaxes } from "./codecs/table.ts";
import type { DataSet, Element, ElementValue } from "./data-set.ts";
import { decodeFrame } from "./decode-frame.ts";
import { swapped, swappedBytes } from "./decode-frame-native.ts";
import { encodeElements } from "./encode-elements.ts";
import { textEncodingOf } from "./encode-text.ts";
import type { FramePixels } from "./frame-pixels.ts";
import { readInstanceHeader } from "./instance-header.ts";
import { packBits } from "./pack-bits.ts";
import type { Part10 } from "./part10.ts";
import { readBulk } from "./read-bulk.ts";
import { readPart10 } from "./read-part10.ts";
import { sortedTags } from "./tag.ts";
import { deflatedUid, explicitBigEndianUid, explicitLittleEndianUid } from "./transfer-syntax.ts";
import { type WriteOptions, writePart10 } from "./write-part10.ts";

const utf8 = "ISO_IR 192";
const pieceLength = 1024 * 1024;
/** The longest value with a defined length of 32 bits, even (PS3.5 section 7.1.1). */
const longestValue = 0xfffffffe;

/** Extended offset tables describe fragments, digital signatures the bytes that were, padding nothing. */
const leftOut = (tag: string): boolean => tag === "7FE00001" || tag === "7FE00002" || /^FFF[AC]/.test(tag);

/**
 * The same object as a Part 10 file in Explicit or Implicit VR Little Endian, piece by piece: compressed frames are decoded one at a
 * time, native pixels are copied. The first piece comes once the first frame is decoded, so that what cannot be written
 * says so before anything is. Text that its character set cannot write is written in UTF-8.
 *
 * Decoded pixels are interleaved (PlanarConfiguration 0), with the photometric interpretation that decoding leaves; after
 * lossy compression LossyImageCompression says 01.
 *
 * @throws DicomError as {@link decodeFrame}; `dicom-truncated`; `dicom-too-large` where the pixels need more than 4 GiB
 * @throws InputError as {@link writePart10}
 * @see PS3.5 section 8 and annex A.2, PS3.18 section 8.7.3.4
 */
export async function* transcodeNative(
  source: ByteSource,
  codecs: CodecSet,
  options: WriteOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const isExplicit = options.transferSyntaxUid === explicitLittleEndianUid;
  const part10 = await readPart10(source, { until: "end" });
  if (part10.isTruncated === true) {
    const details = { tag: pixelDataLabel, offset: source.size };
    throw new DicomError("dicom-truncated", { file: source.name, field: pixelDataLabel, details });
  }
  const { dataSet } = part10;
  const pixelTag = Object.values(pixelDataTags).find((tag) => dataSet[tag] !== undefined);
  const element = pixelTag === undefined ? undefined : dataSet[pixelTag];
  if (pixelTag === undefined || element?.bulk === undefined) {
    yield written(
      part(dataSet, (tag) => !leftOut(tag)),
      options,
    );
    return;
  }
  const pixels =
    element.bulk.length === -1
      ? await decodedPixels(source, part10, codecs)
      : nativePixels(source, part10, { element, offset: element.bulk.offset, length: element.bulk.length });
  const before = part(dataSet, (tag) => tag < pixelTag && !leftOut(tag));
  yield written({ ...before, ...pixels.attributes }, options);
  yield pixelHeader(pixelTag, { vr: isExplicit ? pixels.vr : undefined, length: pixels.length });
  yield* pixels.pieces;
  if (pixels.length % 2 === 1) yield new Uint8Array(1);
  const after = part(dataSet, (tag) => tag > pixelTag && !leftOut(tag));
  yield encodeElements(after, { isExplicit, encodeText: textEncodingOf([utf8]) });
}

interface Pixels {
  readonly vr: string;
  readonly length: number;
  /** What the pixels' new form changes in the data set. */
  readonly attributes: DataSet;
  readonly pieces: AsyncIterable<Uint8Array>;
}

function part(dataSet: DataSet, isWanted: (tag: string) => boolean): DataSet {
  return Object.fromEntries(
    sortedTags(dataSet)
      .filter(isWanted)
      .map((tag) => [tag, dataSet[tag]]),
  );
}

function written(dataSet: DataSet, options: WriteOptions): Uint8Array {
  try {
    return writePart10(dataSet, options);
  } catch (thrown) {
    if (!(thrown instanceof InputError) || thrown.code !== "out-of-range") throw thrown;
    return writePart10({ ...withoutCharacterSet(dataSet), "00080005": { vr: "CS", Value: [utf8] } }, options);
  }
}

/** Items inherit the character set of the data set that holds them. */
function withoutCharacterSet(dataSet: DataSet): DataSet {
  const entries = sortedTags(dataSet).filter((tag) => tag !== "00080005");
  return Object.fromEntries(
    entries.map((tag) => {
      const element = dataSet[tag];
      const isSequence = element.vr === "SQ" && element.Value !== undefined;
      return [tag, isSequence ? { ...element, Value: element.Value.map(itemWithoutCharacterSet) } : element];
    }),
  );
}

function itemWithoutCharacterSet(value: ElementValue): ElementValue {
  const isItem = (candidate: ElementValue): candidate is DataSet => typeof candidate === "object" && candidate !== null;
  return isItem(value) ? withoutCharacterSet(value) : value;
}

/** Without VR, as implicit VR has it, where that is not said. */
function pixelHeader(
  tag: string,
  { vr, length }: { readonly vr: string | undefined; readonly length: number },
): Uint8Array {
  const bytes = new Uint8Array(vr === undefined ? 8 : 12);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), true);
  view.setUint16(2, Number.parseInt(tag.slice(4), 16), true);
  if (vr !== undefined) {
    bytes[4] = vr.charCodeAt(0);
    bytes[5] = vr.charCodeAt(1);
  }
  view.setUint32(bytes.length - 4, length + (length % 2), true);
  return bytes;
}

function nativePixels(
  source: ByteSource,
  part10: Part10,
  place: { readonly element: Element; readonly offset: number; readonly length: number },
): Pixels {
  const { element, offset, length } = place;
  const bits = Number(part10.dataSet["00280100"]?.Value?.[0] ?? 16);
  const isBigEndian = part10.transferSyntaxUid === explicitBigEndianUid;
  const unit = isBigEndian ? swappedBytes(element.vr, bits) : 1;
  // A deflated stream is inflated from its start by each read.
  const step = part10.transferSyntaxUid === deflatedUid ? Math.max(1, length) : pieceLength;
  async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
    for (let at = 0; at < length; at += step) {
      const piece = await readBulk(source, part10, { offset: offset + at, length: Math.min(step, length - at) });
      yield swapped(piece, unit);
    }
  }
  return { vr: element.vr, length, attributes: {}, pieces: pieces() };
}

async function decodedPixels(source: ByteSource, part10: Part10, codecs: CodecSet): Promise<Pixels> {
  const header = readInstanceHeader(part10, source.name);
  const decode = (frameIndex: number): Promise<FramePixels> =>
    decodeFrame(source, part10, { header, frameIndex, codecs });
  const first = await decode(0);
  const isBits = header.bitsAllocated === 1;
  const frameLength = isBits ? first.samples.length / 8 : first.samples.byteLength;
  const length = frameLength * header.numberOfFrames;
  if (isBits && !Number.isInteger(frameLength) && header.numberOfFrames > 1)
    throw new DicomError("unsupported-pixel-format", {
      file: source.name,
      field: "BitsAllocated",
      details: { reason: "compressed frames of 1-bit pixels that end inside a byte" },
    });
  if (length > longestValue)
    throw new DicomError("dicom-too-large", {
      file: source.name,
      field: pixelDataLabel,
      received: length,
      details: { tag: pixelDataLabel, limit: longestValue },
    });
  const bytesOf = ({ samples }: FramePixels): Uint8Array =>
    isBits ? packBits(samples) : new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
    yield bytesOf(first);
    for (let frame = 1; frame < header.numberOfFrames; frame++) yield bytesOf(await decode(frame));
  }
  const isLossy = transferSyntaxes[part10.transferSyntaxUid]?.isLossy === true;
  return {
    vr: header.bitsAllocated > 8 ? "OW" : "OB",
    length: Math.ceil(length),
    attributes: {
      "00280004": { vr: "CS", Value: [first.photometricInterpretation] },
      "00280102": { vr: "US", Value: [header.bitsStored - 1] },
      ...(first.samplesPerPixel > 1 ? { "00280006": { vr: "US", Value: [0] } } : {}),
      ...(isLossy ? { "00282110": { vr: "CS", Value: ["01"] } } : {}),
    },
    pieces: pieces(),
  };
}

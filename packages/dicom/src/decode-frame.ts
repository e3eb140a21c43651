import { DicomError, InputError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import type { CodecSet } from "./codecs/codec-set.ts";
import type { EncodedFrame } from "./codecs/encoded-frame.ts";
import { decodeNative } from "./codecs/native.ts";
import { frameBytesLimit, pixelDataLabel, pixelDataTags, pixelLayout } from "./codecs/pixel-layout.ts";
import { storedSamples } from "./codecs/stored-samples.ts";
import { type TransferSyntaxRow, transferSyntaxes } from "./codecs/table.ts";
import type { Element } from "./data-set.ts";
import { readNativeFrame } from "./decode-frame-native.ts";
import { encapsulatedFrames } from "./encapsulated-frames.ts";
import type { FramePixels } from "./frame-pixels.ts";
import type { InstanceHeader } from "./instance.ts";
import type { Part10 } from "./part10.ts";
import { readFragments } from "./pixel-fragments.ts";
import { tagLabel } from "./tag.ts";

/** Which frame to decode, and what is known of the object. */
export interface DecodeFrameOptions {
  readonly header: InstanceHeader;
  /** Zero-based. */
  readonly frameIndex: number;
  readonly codecs: CodecSet;
}

/**
 * Decodes one frame to its stored values. Only the bytes of that frame are read from the source.
 *
 * Samples are stored values before rescale, sign-extended from BitsStored, interleaved, whatever the planar
 * configuration; palette indices and YBR stay as they are stored ({@link toRgb} converts), with chroma repeated for
 * each pixel. A JPEG 2000 colour transform is undone by the codec and the result says "RGB".
 *
 * @param source the file that `part10` was read from
 * @returns FramePixels, shape [row, column, sample]
 * @throws InputError out-of-range for a frame that does not exist
 * @throws DicomError no-pixel-data, missing-attribute, unsupported-transfer-syntax, unsupported-pixel-format,
 * dicom-too-large, dicom-malformed, dicom-truncated, codec-failed
 * @throws EtalonError file-unreadable where a codec cannot be loaded
 * @see PS3.5 section 8 and annex A, PS3.3 C.7.6.3
 */
export async function decodeFrame(
  source: ByteSource,
  part10: Part10,
  options: DecodeFrameOptions,
): Promise<FramePixels> {
  const { header, frameIndex } = options;
  const file = source.name;
  const [label, element] = pixelElement(part10, file);
  const syntax = transferSyntax(part10.transferSyntaxUid, file);
  const layout = pixelLayout(header, part10.dataSet, file);
  if (!Number.isInteger(frameIndex) || frameIndex < 0 || frameIndex >= header.numberOfFrames)
    throw new InputError("out-of-range", "frameIndex", frameIndex, `0..${header.numberOfFrames - 1}`);

  const isEncapsulated = element.bulk?.length === -1;
  if (isEncapsulated !== (syntax.decoder !== undefined))
    throw new DicomError("dicom-malformed", {
      file,
      field: label,
      details: {
        tag: label,
        offset: element.bulk?.offset ?? 0,
        reason: `${isEncapsulated ? "encapsulated" : "native"} pixel data in ${syntax.name}`,
      },
    });

  const frame = { file, frameIndex, transferSyntaxUid: part10.transferSyntaxUid, isLossy: syntax.isLossy, layout };
  const encoded: EncodedFrame =
    syntax.decoder === undefined
      ? { ...frame, ...(await readNativeFrame(source, part10, { label, element, layout, frameIndex })) }
      : { ...frame, bytes: await encapsulatedFrame(source, part10, options) };
  const { codecs } = options;
  return codecs.decodeElsewhere === undefined ? decodeEncodedFrame(encoded, codecs) : codecs.decodeElsewhere(encoded);
}

/**
 * Decodes a frame whose bytes were read: the part of {@link decodeFrame} that computes, for a thread of its own.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format, unsupported-transfer-syntax
 * @throws EtalonError file-unreadable where a codec cannot be loaded
 */
export async function decodeEncodedFrame(frame: EncodedFrame, codecs: CodecSet): Promise<FramePixels> {
  const { layout, isLossy } = frame;
  const { decoder } = transferSyntax(frame.transferSyntaxUid, frame.file);
  const decoded = decoder === undefined ? decodeNative(frame, frame.firstBit ?? 0) : await decoder(frame, codecs);
  const { rows, columns, samplesPerPixel } = layout;
  const samples = storedSamples(decoded, layout, isLossy);
  const { photometricInterpretation } = decoded;
  return { rows, columns, samplesPerPixel, samples, photometricInterpretation, isLossy };
}

function pixelElement(part10: Part10, file: string): readonly [string, Element] {
  for (const tag of Object.values(pixelDataTags)) {
    const element = part10.dataSet[tag];
    if (element?.bulk !== undefined || element?.bytes !== undefined)
      return [tagLabel(Number.parseInt(tag, 16)), element];
  }
  throw new DicomError("no-pixel-data", { file, field: pixelDataLabel });
}

function transferSyntax(uid: string, file: string): TransferSyntaxRow {
  const row = Object.hasOwn(transferSyntaxes, uid) ? transferSyntaxes[uid] : undefined;
  const refusal = row === undefined ? "unknown" : row.refusal;
  if (row === undefined || refusal !== undefined)
    throw new DicomError("unsupported-transfer-syntax", {
      file,
      field: "TransferSyntaxUID",
      received: uid,
      details: { reason: refusal ?? "unknown" },
    });
  return row;
}

async function encapsulatedFrame(source: ByteSource, part10: Part10, options: DecodeFrameOptions): Promise<Uint8Array> {
  const { header, frameIndex, codecs } = options;
  const frames = await codecs.fragmentsOf(part10.dataSet, () =>
    encapsulatedFrames(source, part10, header.numberOfFrames),
  );
  return readFragments(source, frames[frameIndex] ?? [], frameBytesLimit);
}

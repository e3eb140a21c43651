import { DicomError } from "@etalon/base";
import type { CodecSet } from "./codec-set.ts";
import { checkShape, codecFailed, type DecodedFrame, type EncodedFrame, formatRefused } from "./encoded-frame.ts";
import { endsWithEndOfImage, type JpegMarkers, readJpegMarkers } from "./jpeg-markers.ts";
import { decodeWasmSamples } from "./wasm-samples.ts";

/** An Adobe segment that says "no colour transform" (Adobe Technical Note 5116, section 18). */
const noTransformSegment = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];

/**
 * Decodes baseline and 8-bit extended sequential JPEG by libjpeg-turbo. Colour is delivered as stored: what libjpeg
 * would guess and convert is switched off by an Adobe segment. The photometric interpretation is the one that the
 * stream itself declares (JFIF or Adobe segment), and the header's where it declares none.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format, unsupported-transfer-syntax (12 bits)
 * @see PS3.5 A.4.1 and 8.2.1, ITU-T T.81, T.871
 */
export async function decodeJpeg8Bit(frame: EncodedFrame, codecs: CodecSet): Promise<DecodedFrame> {
  const markers = readJpegMarkers(frame.bytes);
  if (typeof markers === "string") throw codecFailed(frame, markers);
  const { startOfFrame, precision, components } = markers;
  if (startOfFrame !== 0xc0 && startOfFrame !== 0xc1)
    throw formatRefused(frame, `JPEG frame type 0x${startOfFrame.toString(16)} in a sequential transfer syntax`);
  if (precision !== 8)
    throw new DicomError("unsupported-transfer-syntax", {
      file: frame.file,
      field: "TransferSyntaxUID",
      received: frame.transferSyntaxUid,
      details: { reason: `JPEG of ${precision} bits; only 8 bits are decoded` },
    });
  if (components.length !== 1 && components.length !== 3)
    throw formatRefused(frame, `JPEG of ${components.length} components`);
  checkShape(frame, { rows: markers.rows, columns: markers.columns, components: components.length, precision });
  // libjpeg fills what is missing with grey and says nothing.
  if (!endsWithEndOfImage(frame.bytes)) throw codecFailed(frame, "the JPEG stream is cut before its end");

  const { samples } = await decodeWasmSamples(frame, codecs, {
    name: "libjpeg-turbo-8bit",
    codestream: components.length === 3 ? withoutColourTransform(frame.bytes, markers) : frame.bytes,
    shape: { rows: markers.rows, columns: markers.columns, components: components.length, precision },
    isSigned: false,
  });
  return { samples, precision, photometricInterpretation: photometricInterpretation(frame, markers) };
}

function photometricInterpretation(frame: EncodedFrame, markers: JpegMarkers): string {
  const said = frame.layout.photometricInterpretation;
  if (markers.components.length === 1) return said;
  if (markers.hasJfif || markers.adobeTransform === 1) return "YBR_FULL";
  if (markers.adobeTransform === 0) return "RGB";
  return said.startsWith("YBR_FULL") ? "YBR_FULL" : said;
}

function withoutColourTransform(bytes: Uint8Array, markers: JpegMarkers): Uint8Array {
  const pieces: Uint8Array[] = [bytes.subarray(0, 2), Uint8Array.from(noTransformSegment)];
  let from = 2;
  for (const [start, end] of markers.colourSegments) {
    pieces.push(bytes.subarray(from, start));
    from = end;
  }
  pieces.push(bytes.subarray(from));
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}

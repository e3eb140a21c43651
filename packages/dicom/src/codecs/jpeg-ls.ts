import type { CodecSet } from "./codec-set.ts";
import { checkShape, codecFailed, type DecodedFrame, type EncodedFrame, formatRefused } from "./encoded-frame.ts";
import { endsWithEndOfImage, readJpegMarkers } from "./jpeg-markers.ts";
import { interleavePlanes } from "./native.ts";
import { decodeWasmSamples } from "./wasm-samples.ts";

/**
 * Decodes JPEG-LS, lossless and near-lossless, by CharLS.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format
 * @see PS3.5 A.4.3 and 8.2.3, ITU-T T.87
 */
export async function decodeJpegLs(frame: EncodedFrame, codecs: CodecSet): Promise<DecodedFrame> {
  const markers = readJpegMarkers(frame.bytes);
  if (typeof markers === "string") throw codecFailed(frame, markers);
  const { rows, columns, precision } = markers;
  if (markers.startOfFrame !== 0xf7)
    throw formatRefused(frame, `JPEG frame type 0x${markers.startOfFrame.toString(16)} in a JPEG-LS transfer syntax`);
  const shape = { rows, columns, components: markers.components.length, precision };
  checkShape(frame, shape);
  // CharLS searches for the end of a code for seconds where no marker ends the data.
  if (!endsWithEndOfImage(frame.bytes)) throw codecFailed(frame, "the JPEG-LS stream is cut before its end");
  if (precision < 2 || precision > 16) throw formatRefused(frame, `JPEG-LS of ${precision} bits`);

  const image = await decodeWasmSamples(frame, codecs, {
    name: "charls",
    codestream: frame.bytes,
    shape,
    isSigned: false,
  });
  const isPlanar = image.frame.interleaveMode === 0 && shape.components > 1;
  return {
    samples: isPlanar ? interleavePlanes(image.samples, shape.components) : image.samples,
    precision,
    photometricInterpretation: frame.layout.photometricInterpretation,
  };
}

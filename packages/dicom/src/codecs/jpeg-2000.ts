import type { CodecName } from "./codec-name.ts";
import type { CodecSet } from "./codec-set.ts";
import { checkShape, codecFailed, type DecodedFrame, type EncodedFrame, formatRefused } from "./encoded-frame.ts";
import { readJpeg2000Markers } from "./jpeg-2000-markers.ts";
import { decodeWasmSamples } from "./wasm-samples.ts";

/**
 * Decodes JPEG 2000 part 1 by OpenJPEG.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format
 * @see PS3.5 A.4.4 and 8.2.4, ISO/IEC 15444-1
 */
export function decodeJpeg2000(frame: EncodedFrame, codecs: CodecSet): Promise<DecodedFrame> {
  return decodeWavelets(frame, codecs, "openjpeg");
}

/**
 * Decodes high-throughput JPEG 2000 by OpenJPH.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format
 * @see PS3.5 A.4.12 and 8.2.14, ISO/IEC 15444-15
 */
export function decodeHtj2k(frame: EncodedFrame, codecs: CodecSet): Promise<DecodedFrame> {
  return decodeWavelets(frame, codecs, "openjph");
}

async function decodeWavelets(frame: EncodedFrame, codecs: CodecSet, name: CodecName): Promise<DecodedFrame> {
  const markers = readJpeg2000Markers(frame.bytes);
  if (typeof markers === "string") throw codecFailed(frame, markers);
  checkShape(frame, markers);
  if (markers.whyIncomplete !== undefined) throw codecFailed(frame, markers.whyIncomplete);
  if (markers.precision > 16) throw formatRefused(frame, `JPEG 2000 of ${markers.precision} bits`);
  const { samples } = await decodeWasmSamples(frame, codecs, {
    name,
    codestream: frame.bytes.subarray(markers.offset),
    shape: markers,
    isSigned: markers.isSigned,
  });
  const said = frame.layout.photometricInterpretation;
  const isTransformed = said === "YBR_RCT" || said === "YBR_ICT";
  return { samples, precision: markers.precision, photometricInterpretation: isTransformed ? "RGB" : said };
}

import { Decoder } from "jpeg-lossless-decoder-js";
import { checkShape, codecFailed, type DecodedFrame, type EncodedFrame, formatRefused } from "./encoded-frame.ts";
import { type JpegMarkers, readJpegMarkers } from "./jpeg-markers.ts";
import { sampleCount } from "./pixel-layout.ts";

/** The library's decoder with predictor 7 in whole numbers, as the standard has it (ITU-T T.81 table H.1). */
class LosslessDecoder extends Decoder {
  override select7(component?: number): number {
    return (this.getPreviousX(component) + this.getPreviousY(component)) >> 1;
  }
}

/**
 * Decodes JPEG lossless, Huffman coded (processes 14 and 14 SV1), by jpeg-lossless-decoder-js. What the library would
 * decode wrongly without a word is refused: colour of more than 8 bits, scans of single components, subsampling, point
 * transforms, restart intervals that do not end with a row or in colour.
 *
 * @throws DicomError codec-failed, unsupported-pixel-format
 * @see PS3.5 A.4.1 and 8.2.1, ITU-T T.81 annex H
 */
export function decodeJpegLossless(frame: EncodedFrame): DecodedFrame {
  const markers = readJpegMarkers(frame.bytes);
  if (typeof markers === "string") throw codecFailed(frame, markers);
  const { rows, columns, components, precision } = markers;
  if (markers.startOfFrame !== 0xc3)
    throw formatRefused(frame, `JPEG frame type 0x${markers.startOfFrame.toString(16)} in a lossless transfer syntax`);
  checkShape(frame, { rows, columns, components: components.length, precision });
  const reason = whyRefused(markers);
  if (reason !== undefined) throw formatRefused(frame, reason);

  const samples = decode(frame, precision > 8 ? 2 : 1);
  const { photometricInterpretation } = frame.layout;
  return { samples, precision, photometricInterpretation };
}

function whyRefused(markers: JpegMarkers): string | undefined {
  const { components, precision, restartInterval, scanParameter } = markers;
  if (precision < 2 || precision > 16) return `lossless JPEG of ${precision} bits`;
  if (components.length !== 1 && components.length !== 3) return `lossless JPEG of ${components.length} components`;
  if (components.length === 3 && precision > 8) return `lossless colour JPEG of ${precision} bits`;
  if (markers.scanComponents !== components.length) return "lossless JPEG with a scan for each component";
  if (components.some((component) => component.horizontalSampling !== 1 || component.verticalSampling !== 1))
    return "lossless JPEG with subsampled components";
  if (scanParameter < 1 || scanParameter > 7) return `lossless JPEG predictor ${scanParameter}`;
  if (markers.pointTransform !== 0) return `lossless JPEG point transform ${markers.pointTransform}`;
  if (restartInterval !== 0) return `lossless JPEG with restart interval ${restartInterval}`;
  return undefined;
}

function decode(frame: EncodedFrame, bytesPerSample: number): Uint8Array | Uint16Array {
  const copy = frame.bytes.slice();
  const decoder = new LosslessDecoder(null, bytesPerSample);
  const samples = run(frame, () => decoder.decode(copy.buffer, 0, copy.length));
  // The library returns without a word what it has when the stream ends, and reads past the end as zeros.
  const isComplete = decoder.yLoc >= decoder.yDim && (decoder.stream?.index ?? 0) <= copy.length;
  if (samples === null || !isComplete || samples.length !== sampleCount(frame.layout))
    throw codecFailed(frame, `the stream ends in row ${decoder.yLoc} of ${frame.layout.rows}`);
  return samples;
}

function run<T>(frame: EncodedFrame, decodeStream: () => T): T {
  try {
    return decodeStream();
  } catch (cause) {
    throw codecFailed(frame, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

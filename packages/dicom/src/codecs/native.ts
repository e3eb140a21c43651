import { codecFailed, type DecodedFrame, type EncodedFrame, formatRefused } from "./encoded-frame.ts";
import { type PixelLayout, sampleCount } from "./pixel-layout.ts";

/** Photometric interpretations that hold one chroma pair for two pixels (PS3.3 C.7.6.3.1.2). */
const halfChroma: readonly string[] = ["YBR_FULL_422", "YBR_PARTIAL_422"];

/** Bits of one frame of uncompressed pixels; frames of 1-bit pixels follow each other without padding (PS3.5 8.1.1). */
export function nativeFrameBits(layout: PixelLayout): number {
  const samplesPerPixel = halfChroma.includes(layout.photometricInterpretation) ? 2 : layout.samplesPerPixel;
  return layout.rows * layout.columns * samplesPerPixel * layout.bitsAllocated;
}

/**
 * Samples of an uncompressed frame, little endian. Bytes after the frame are ignored.
 *
 * @param firstBit bit at which the frame starts, counted from the first byte; a multiple of 8 unless pixels are of 1 bit
 * @throws DicomError codec-failed, unsupported-pixel-format
 * @see PS3.5 section 8.1.1, PS3.3 C.7.6.3.1.3 (planar configuration)
 */
export function decodeNative(frame: EncodedFrame, firstBit: number): DecodedFrame {
  const { layout } = frame;
  const { bitsAllocated, photometricInterpretation } = layout;
  const needed = Math.ceil((firstBit + nativeFrameBits(layout)) / 8);
  if (frame.bytes.length < needed)
    throw codecFailed(frame, `${frame.bytes.length} bytes where the header asks for ${needed}`);
  const bytes = frame.bytes.subarray(firstBit >> 3);

  if (halfChroma.includes(photometricInterpretation)) {
    if (bitsAllocated !== 8 || layout.samplesPerPixel !== 3 || layout.columns % 2 === 1)
      throw formatRefused(frame, `${photometricInterpretation} of ${bitsAllocated} bits, ${layout.columns} columns`);
    return {
      samples: duplicateChroma(bytes, layout),
      precision: 8,
      photometricInterpretation: photometricInterpretation.replace("_422", ""),
    };
  }
  if (photometricInterpretation === "YBR_PARTIAL_420")
    throw formatRefused(frame, "YBR_PARTIAL_420 outside a video stream");

  const stored = bitsAllocated === 1 ? unpackBits(bytes, firstBit & 7, sampleCount(layout)) : words(bytes, layout);
  const isPlanar = layout.planarConfiguration === 1 && layout.samplesPerPixel > 1;
  return {
    samples: isPlanar ? interleavePlanes(stored, layout.samplesPerPixel) : stored,
    precision: bitsAllocated,
    photometricInterpretation,
  };
}

/** Bits as bytes of 0 or 1, the least significant bit of a byte first (PS3.5 8.1.1, figure 8.1.1-4). */
export function unpackBits(bytes: Uint8Array, firstBit: number, count: number): Uint8Array {
  const samples = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const bit = firstBit + index;
    samples[index] = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }
  return samples;
}

/** Planes (RRR…GGG…BBB…) as pixels (RGBRGB…), in a new array of the same type. */
export function interleavePlanes<T extends DecodedFrame["samples"]>(planes: T, samplesPerPixel: number): T;
export function interleavePlanes(planes: DecodedFrame["samples"], samplesPerPixel: number): DecodedFrame["samples"] {
  const pixels = planes.length / samplesPerPixel;
  const samples = planes.slice();
  for (let sample = 0; sample < samplesPerPixel; sample += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1)
      samples[pixel * samplesPerPixel + sample] = planes[sample * pixels + pixel] ?? 0;
  }
  return samples;
}

function words(bytes: Uint8Array, layout: PixelLayout): DecodedFrame["samples"] {
  const count = sampleCount(layout);
  // A copy, since the bytes need not be aligned in the buffer that they come from; `slice` of a Node Buffer is none.
  const { buffer } = new Uint8Array(bytes.subarray(0, (count * layout.bitsAllocated) / 8));
  if (layout.isFloat) return layout.bitsAllocated === 64 ? new Float64Array(buffer) : new Float32Array(buffer);
  if (layout.bitsAllocated === 8) return new Uint8Array(buffer);
  return layout.bitsAllocated === 16 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}

/** Y0 Y1 Cb Cr of each pair of pixels as Y0 Cb Cr Y1 Cb Cr. */
function duplicateChroma(bytes: Uint8Array, layout: PixelLayout): Uint8Array {
  const pairs = (layout.rows * layout.columns) / 2;
  const samples = new Uint8Array(pairs * 6);
  for (let pair = 0; pair < pairs; pair += 1) {
    const from = pair * 4;
    const to = pair * 6;
    const cb = bytes[from + 2] ?? 0;
    const cr = bytes[from + 3] ?? 0;
    samples[to] = bytes[from] ?? 0;
    samples[to + 1] = cb;
    samples[to + 2] = cr;
    samples[to + 3] = bytes[from + 1] ?? 0;
    samples[to + 4] = cb;
    samples[to + 5] = cr;
  }
  return samples;
}

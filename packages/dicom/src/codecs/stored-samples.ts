import type { FramePixels } from "../frame-pixels.ts";
import type { DecodedFrame } from "./encoded-frame.ts";
import type { PixelLayout } from "./pixel-layout.ts";

/**
 * The stored values of decoded samples: the BitsStored bits under HighBit, sign-extended where PixelRepresentation says
 * signed. Bits above HighBit or below the stored bits (old overlays) are dropped.
 *
 * A codestream narrower than BitsStored is sign-extended from its own width. In a lossy codestream wider than
 * BitsStored, values that compression pushed out of the stored range are clamped to it, since masking would turn a
 * value just above the top into the bottom.
 *
 * @see PS3.5 section 8.1.1
 */
export function storedSamples(decoded: DecodedFrame, layout: PixelLayout, isLossy: boolean): FramePixels["samples"] {
  const { samples, precision } = decoded;
  if (samples instanceof Float32Array || samples instanceof Float64Array) return samples;
  if (samples instanceof Uint16Array && layout.bitsStored === 16 && precision === 16) {
    // Every bit is stored: the same bytes, read as signed where the header says so.
    return layout.isSigned ? new Int16Array(samples.buffer, samples.byteOffset, samples.length) : samples;
  }
  const stored = emptyLike(samples.length, layout);
  const { bitsStored, highBit, isSigned } = layout;

  if (isLossy && precision > bitsStored) {
    const low = isSigned ? -(2 ** (bitsStored - 1)) : 0;
    const high = 2 ** (isSigned ? bitsStored - 1 : bitsStored) - 1;
    const unused = 32 - precision;
    for (let index = 0; index < samples.length; index += 1) {
      const raw = (samples[index] ?? 0) << unused;
      const value = isSigned ? raw >> unused : raw >>> unused;
      stored[index] = Math.min(high, Math.max(low, value));
    }
    return stored;
  }

  // A codestream that does not reach up to HighBit holds the stored bits alone.
  const shift = precision > highBit ? highBit + 1 - bitsStored : 0;
  const width = Math.min(bitsStored, precision);
  const left = 32 - width - shift;
  const right = 32 - width;
  for (let index = 0; index < samples.length; index += 1) {
    const raw = (samples[index] ?? 0) << left;
    stored[index] = isSigned ? raw >> right : raw >>> right;
  }
  return stored;
}

function emptyLike(count: number, layout: PixelLayout) {
  if (layout.bitsAllocated <= 8) return layout.isSigned ? new Int8Array(count) : new Uint8Array(count);
  if (layout.bitsAllocated <= 16) return layout.isSigned ? new Int16Array(count) : new Uint16Array(count);
  return layout.isSigned ? new Int32Array(count) : new Uint32Array(count);
}

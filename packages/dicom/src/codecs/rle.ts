import { codecFailed, type DecodedFrame, type EncodedFrame } from "./encoded-frame.ts";
import { unpackBits } from "./native.ts";
import { sampleCount } from "./pixel-layout.ts";

/** Bytes of the RLE header: the number of segments and fifteen offsets (PS3.5 G.5). */
const headerBytes = 64;

/**
 * Decodes RLE Lossless: one PackBits segment for every byte of every sample, most significant byte first.
 *
 * @throws DicomError codec-failed
 * @see PS3.5 annex G
 */
export function decodeRle(frame: EncodedFrame): DecodedFrame {
  const { bytes, layout } = frame;
  const { rows, columns, samplesPerPixel, bitsAllocated, photometricInterpretation } = layout;
  const bytesPerSample = Math.ceil(bitsAllocated / 8);
  const pixels = rows * columns;
  const planeBytes = bitsAllocated === 1 ? Math.ceil(pixels / 8) : pixels;
  const segments = segmentsOf(frame, samplesPerPixel * bytesPerSample);
  const planes = segments.map(([start, end], index) => {
    const plane = new Uint8Array(planeBytes);
    const written = unpackSegment(bytes.subarray(start, end), plane);
    if (written < planeBytes) throw codecFailed(frame, `RLE segment ${index} holds ${written} of ${planeBytes} bytes`);
    return bitsAllocated === 1 ? unpackBits(plane, 0, pixels) : plane;
  });

  const count = sampleCount(layout);
  const samples =
    bytesPerSample === 1
      ? new Uint8Array(count)
      : bytesPerSample === 2
        ? new Uint16Array(count)
        : new Uint32Array(count);
  planes.forEach((plane, index) => {
    const sample = Math.floor(index / bytesPerSample);
    const shift = 8 * (bytesPerSample - 1 - (index % bytesPerSample));
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const at = pixel * samplesPerPixel + sample;
      samples[at] = (samples[at] ?? 0) | ((plane[pixel] ?? 0) << shift);
    }
  });
  return { samples, precision: bitsAllocated, photometricInterpretation };
}

/**
 * Expands one PackBits segment into `target` and stops where it is full.
 *
 * @returns the number of bytes written
 * @see PS3.5 G.3.2
 */
export function unpackSegment(segment: Uint8Array, target: Uint8Array): number {
  let written = 0;
  let offset = 0;
  while (offset < segment.length && written < target.length) {
    const control = segment[offset] ?? 0;
    offset += 1;
    if (control < 128) {
      const run = segment.subarray(offset, Math.min(offset + control + 1, offset + target.length - written));
      target.set(run, written);
      written += run.length;
      offset += control + 1;
    } else if (control > 128 && offset < segment.length) {
      const end = Math.min(written + 257 - control, target.length);
      target.fill(segment[offset] ?? 0, written, end);
      written = end;
      offset += 1;
    }
  }
  return written;
}

function segmentsOf(frame: EncodedFrame, expected: number): readonly (readonly [number, number])[] {
  const { bytes } = frame;
  if (bytes.length < headerBytes) throw codecFailed(frame, `${bytes.length} bytes are no RLE header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  if (count !== expected) throw codecFailed(frame, `${count} RLE segments where the header asks for ${expected}`);
  if (count > 15) throw codecFailed(frame, `${count} RLE segments, at most 15 are allowed`);
  const starts = Array.from({ length: count }, (_, index) => view.getUint32(4 + 4 * index, true));
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? bytes.length;
    if (start < headerBytes || start > end || end > bytes.length)
      throw codecFailed(frame, `RLE segment ${index} lies at ${start} to ${end} of ${bytes.length}`);
    return [start, end] as const;
  });
}

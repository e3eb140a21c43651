import { DicomError } from "@etalon/base";
import type { PixelLayout } from "./pixel-layout.ts";

/** One frame as the file holds it, with all that a codec needs to know of it: plain data, which goes to another thread. */
export interface EncodedFrame {
  readonly file: string;
  readonly frameIndex: number;
  readonly transferSyntaxUid: string;
  readonly isLossy: boolean;
  /** The fragments of the frame, joined; of native pixels the bytes that hold it, little endian. */
  readonly bytes: Uint8Array;
  readonly layout: PixelLayout;
  /** Of native pixels the bit at which the frame starts, counted from the first byte; 0 where absent. */
  readonly firstBit?: number;
}

/** What a codec makes of a frame: sample values before BitsStored and PixelRepresentation are looked at. */
export interface DecodedFrame {
  /** Interleaved samples, as many as the layout asks for. */
  readonly samples: Int8Array | Uint8Array | Int16Array | Uint16Array | Uint32Array | Float32Array | Float64Array;
  /** Bits per sample that the codestream carries. */
  readonly precision: number;
  readonly photometricInterpretation: string;
}

/** The error of a frame that cannot be decompressed. */
export function codecFailed(frame: EncodedFrame, reason: string, cause?: unknown): DicomError {
  return new DicomError("codec-failed", {
    file: frame.file,
    field: "PixelData",
    details: { frame: frame.frameIndex, reason },
    cause,
  });
}

/** The error of a codestream that is sound but of a kind not decoded here. */
export function formatRefused(frame: EncodedFrame, reason: string): DicomError {
  return new DicomError("unsupported-pixel-format", { file: frame.file, field: "PixelData", details: { reason } });
}

/** What a codestream's own header says of the image. */
export interface CodestreamShape {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
}

/** Refuses a codestream whose image is not the one that the header announces. @throws DicomError codec-failed */
export function checkShape(frame: EncodedFrame, shape: CodestreamShape): void {
  const { rows, columns, samplesPerPixel, bitsAllocated } = frame.layout;
  if (shape.rows !== rows || shape.columns !== columns || shape.components !== samplesPerPixel)
    throw codecFailed(
      frame,
      `the codestream holds ${shape.rows} × ${shape.columns} × ${shape.components}, the header says ${rows} × ${columns} × ${samplesPerPixel}`,
    );
  if (shape.precision > bitsAllocated)
    throw codecFailed(frame, `the codestream holds ${shape.precision} bits, BitsAllocated is ${bitsAllocated}`);
}

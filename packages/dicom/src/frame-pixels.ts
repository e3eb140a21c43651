/** The stored samples of one frame, before rescale. Rows top to bottom, columns left to right, samples interleaved. */
export interface FramePixels {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** Stored values, sign-extended from BitsStored, shape [row, column, sample]. */
  readonly samples:
    | Int8Array
    | Uint8Array
    | Int16Array
    | Uint16Array
    | Int32Array
    | Uint32Array
    | Float32Array
    | Float64Array;
  /** Photometric interpretation of these samples after decompression. */
  readonly photometricInterpretation: string;
  /** Whether the transfer syntax may have changed the values (lossy compression). */
  readonly isLossy: boolean;
}

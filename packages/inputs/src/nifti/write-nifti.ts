import { gzipSync } from "fflate";
import type { NiftiRow } from "./nifti-header.ts";

/** A volume of single-precision numbers to be written. */
export interface NiftiImage {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  readonly pixdimMm: readonly [number, number, number];
  /** Rows of the affine from voxel (i, j, k) to RAS+ mm. */
  readonly affine: readonly [NiftiRow, NiftiRow, NiftiRow];
  /** Shape [k, j, i]. */
  readonly values: Float32Array;
  /** What the numbers are; the first 79 characters of Latin letters are kept. */
  readonly description: string;
}

const headerLength = 352;

/**
 * A gzipped NIfTI-1 file (`.nii.gz`) of 32-bit floats in little endian: its affine as sform, scanner anatomical, no qform.
 * Equal images give equal bytes.
 *
 * @see https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h
 */
export function writeNifti(image: NiftiImage): Uint8Array {
  const { columns, rows, slices, pixdimMm, affine, values, description } = image;
  const bytes = new Uint8Array(headerLength + 4 * values.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, true);
  [3, columns, rows, slices, 1, 1, 1, 1].forEach((size, at) => void view.setInt16(40 + 2 * at, size, true));
  view.setInt16(70, 16, true);
  view.setInt16(72, 32, true);
  [1, ...pixdimMm].forEach((mm, at) => void view.setFloat32(76 + 4 * at, mm, true));
  view.setFloat32(108, headerLength, true);
  view.setFloat32(112, 1, true);
  // Millimetres.
  view.setUint8(123, 2);
  const letters = description.replace(/[^ -~]/g, "?").slice(0, 79);
  bytes.set(new TextEncoder().encode(letters), 148);
  view.setInt16(254, 1, true);
  affine.flat().forEach((value, at) => void view.setFloat32(280 + 4 * at, value, true));
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let i = 0; i < values.length; i++) view.setFloat32(headerLength + 4 * i, values[i], true);
  return gzipSync(bytes, { mtime: 0 });
}

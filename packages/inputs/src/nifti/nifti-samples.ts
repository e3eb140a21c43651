import { malformed, type NiftiHeader, niftiTypes } from "./nifti-header.ts";

/** Stored voxels of one slice. */
export type NiftiSamples =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** By type code: an array of so many voxels, and how one is read. */
const readers: Readonly<
  Record<number, readonly [(length: number) => NiftiSamples, (view: DataView, at: number, little: boolean) => number]>
> = {
  2: [(n) => new Uint8Array(n), (view, at) => view.getUint8(at)],
  4: [(n) => new Int16Array(n), (view, at, little) => view.getInt16(at, little)],
  8: [(n) => new Int32Array(n), (view, at, little) => view.getInt32(at, little)],
  16: [(n) => new Float32Array(n), (view, at, little) => view.getFloat32(at, little)],
  64: [(n) => new Float64Array(n), (view, at, little) => view.getFloat64(at, little)],
  256: [(n) => new Int8Array(n), (view, at) => view.getInt8(at)],
  512: [(n) => new Uint16Array(n), (view, at, little) => view.getUint16(at, little)],
  768: [(n) => new Uint32Array(n), (view, at, little) => view.getUint32(at, little)],
};

/**
 * Stored voxels of one slice of one volume, shape [j, i].
 *
 * @param bytes of the whole file, not compressed
 * @param slice counted through all volumes: volume × slices + k
 * @throws {EtalonError} `nifti-malformed` where the file ends before
 */
export function niftiSlice(bytes: Uint8Array, header: NiftiHeader, slice: number): NiftiSamples {
  const size = niftiTypes.get(header.datatype) ?? 1;
  const count = header.columns * header.rows;
  const start = header.voxelOffset + slice * count * size;
  if (start + count * size > bytes.length) throw malformed("", "voxels", bytes.length);
  const [create, read] = readers[header.datatype];
  const samples = create(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < count; i++) samples[i] = read(view, start + i * size, header.isLittleEndian);
  return samples;
}

/** Bytes that the voxels and header of a file need. */
export function niftiLength(header: NiftiHeader): number {
  const { columns, rows, slices, volumes, datatype, voxelOffset } = header;
  return voxelOffset + columns * rows * slices * volumes * (niftiTypes.get(datatype) ?? 1);
}

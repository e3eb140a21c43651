/** What a test says of a NIfTI-1 file; the rest is 16-bit integers of pixdim alone, in little endian. */
export interface NiftiOptions {
  /** Columns, rows, slices and, where there are several, volumes. */
  readonly size: readonly number[];
  readonly pixdimMm: readonly [number, number, number];
  /** Stored voxels, i fastest. */
  readonly values: ArrayLike<number>;
  /** Type code: 2 u8, 4 i16, 8 i32, 16 f32, 64 f64. */
  readonly datatype?: number;
  readonly isLittleEndian?: boolean;
  readonly slope?: number;
  readonly intercept?: number;
  /** Rows of the affine to RAS+ mm; none when absent. */
  readonly sform?: readonly (readonly number[])[];
  /** b, c, d of the rotation; none when absent. */
  readonly quaternion?: readonly [number, number, number];
  readonly qfac?: number;
}

const sizes: Readonly<Record<number, number>> = { 2: 1, 4: 2, 8: 4, 16: 4, 64: 8 };
const voxelOffset = 352;

/** The bytes of a single NIfTI-1 file. */
export function buildNifti(options: NiftiOptions): Uint8Array {
  const { size, pixdimMm, values, datatype = 4, isLittleEndian: little = true, qfac = 1 } = options;
  const width = sizes[datatype] ?? 2;
  const bytes = new Uint8Array(voxelOffset + values.length * width);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 348, little);
  for (let axis = 0; axis < 8; axis++) view.setInt16(40 + 2 * axis, [size.length, ...size][axis] ?? 1, little);
  view.setInt16(70, datatype, little);
  view.setInt16(72, 8 * width, little);
  [qfac, ...pixdimMm].forEach((value, axis) => void view.setFloat32(76 + 4 * axis, value, little));
  view.setFloat32(108, voxelOffset, little);
  view.setFloat32(112, options.slope ?? 1, little);
  view.setFloat32(116, options.intercept ?? 0, little);
  view.setUint8(123, 2);
  if (options.quaternion !== undefined) {
    view.setInt16(252, 1, little);
    options.quaternion.forEach((value, axis) => void view.setFloat32(256 + 4 * axis, value, little));
  }
  if (options.sform !== undefined) {
    view.setInt16(254, 1, little);
    options.sform.flat().forEach((value, at) => void view.setFloat32(280 + 4 * at, value, little));
  }
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  for (let i = 0; i < values.length; i++)
    setVoxel(view, voxelOffset + i * width, { datatype, little, value: values[i] });
  return bytes;
}

function setVoxel(
  view: DataView,
  at: number,
  { datatype, little, value }: { readonly datatype: number; readonly little: boolean; readonly value: number },
): void {
  if (datatype === 2) view.setUint8(at, value);
  else if (datatype === 8) view.setInt32(at, value, little);
  else if (datatype === 16) view.setFloat32(at, value, little);
  else if (datatype === 64) view.setFloat64(at, value, little);
  else view.setInt16(at, value, little);
}

import { EtalonError } from "@etalon/base";

/** What a NIfTI-1 header says of its voxels and where they lie. Axis i runs fastest in the file, then j, k, volume. */
export interface NiftiHeader {
  readonly isLittleEndian: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  readonly volumes: number;
  /** Voxel size along i, j, k as pixdim says it, mm. */
  readonly pixdimMm: readonly [number, number, number];
  /** Time between two volumes as pixdim says it, ms; `null` where it has no unit or is none. */
  readonly volumeStepMs: number | null;
  /** Code of the voxels' type, one of {@link niftiTypes}. */
  readonly datatype: number;
  /** value = stored × slope + intercept; 1 and 0 where the header scales by nothing. */
  readonly slope: number;
  readonly intercept: number;
  /** Byte of the first voxel. */
  readonly voxelOffset: number;
  /** Rows of the affine from voxel (i, j, k) to RAS+ mm that the format's rules choose: sform, else qform, else pixdim alone. */
  readonly affine: readonly [NiftiRow, NiftiRow, NiftiRow];
  readonly affineFrom: "sform" | "qform" | "pixdim";
}

/** One row of an affine: x, y or z = a·i + b·j + c·k + d. */
export type NiftiRow = readonly [number, number, number, number];

/** The stored types that are read: bytes per voxel by code (nifti1.h). */
export const niftiTypes: ReadonlyMap<number, number> = new Map([
  [2, 1],
  [4, 2],
  [8, 4],
  [16, 4],
  [64, 8],
  [256, 1],
  [512, 2],
  [768, 4],
]);

/** Length of a NIfTI-1 header with its magic. */
export const niftiHeaderLength = 348;

/** Millimetres in one unit of pixdim by the low three bits of xyzt_units; unknown counts as mm, as all readers do. */
const mmPerUnit: Readonly<Record<number, number>> = { 0: 1, 1: 1000, 2: 1, 3: 0.001 };

/** Milliseconds in one unit of pixdim[4] by bits 3 to 5 of xyzt_units. */
const msPerUnit: Readonly<Record<number, number>> = { 8: 1000, 16: 1, 24: 0.001 };

/** Whether bytes begin with the header of a single NIfTI-1 file (magic "n+1"). */
export function isNifti(bytes: Uint8Array): boolean {
  return bytes.length >= niftiHeaderLength && bytes[344] === 0x6e && bytes[345] === 0x2b && bytes[346] === 0x31;
}

/**
 * The header of a NIfTI-1 file.
 *
 * @throws {EtalonError} `nifti-malformed` for what is no header, a voxel type that is not read, sizes that cannot be
 * @see https://nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h
 */
export function readNiftiHeader(bytes: Uint8Array, file: string): NiftiHeader {
  if (!isNifti(bytes)) throw malformed(file, "magic", "not n+1");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = view.getInt32(0, true) === niftiHeaderLength;
  if (!isLittleEndian && view.getInt32(0, false) !== niftiHeaderLength) {
    throw malformed(file, "sizeof_hdr", view.getInt32(0, true));
  }
  const short = (at: number) => view.getInt16(at, isLittleEndian);
  const float = (at: number) => view.getFloat32(at, isLittleEndian);
  const [columns, rows, slices, volumes] = readSizes(short, file);
  const unit = mmPerUnit[view.getUint8(123) & 7] ?? 1;
  const pixdimMm = [float(80) * unit, float(84) * unit, float(88) * unit] as const;
  if (pixdimMm.some((mm) => !Number.isFinite(mm) || mm <= 0)) throw malformed(file, "pixdim", pixdimMm.join(", "));
  const stepMs = float(92) * (msPerUnit[view.getUint8(123) & 56] ?? 0);
  const datatype = short(70);
  if (!niftiTypes.has(datatype)) throw malformed(file, "datatype", datatype);
  const [slope, intercept] = [float(112), float(116)];
  const isScaled = Number.isFinite(slope) && slope !== 0 && Number.isFinite(intercept);
  return {
    ...{ isLittleEndian, columns, rows, slices, volumes, pixdimMm, datatype },
    volumeStepMs: stepMs > 0 && Number.isFinite(stepMs) ? stepMs : null,
    slope: isScaled ? slope : 1,
    intercept: isScaled ? intercept : 0,
    voxelOffset: Math.max(niftiHeaderLength, float(108)),
    ...readAffine({ short, float, unit, pixdimMm, file }),
  };
}

function readSizes(short: (at: number) => number, file: string): [number, number, number, number] {
  const count = short(40);
  if (count < 1 || count > 7) throw malformed(file, "dim[0]", count);
  const size = (axis: number): number => {
    const length = axis <= count ? short(40 + 2 * axis) : 1;
    if (length < 1) throw malformed(file, `dim[${axis}]`, length);
    return length;
  };
  for (const axis of [5, 6, 7]) if (size(axis) !== 1) throw malformed(file, `dim[${axis}]`, size(axis));
  return [size(1), size(2), size(3), size(4)];
}

interface AffineSource {
  readonly short: (at: number) => number;
  readonly float: (at: number) => number;
  readonly unit: number;
  readonly pixdimMm: readonly [number, number, number];
  readonly file: string;
}

function readAffine(source: AffineSource): Pick<NiftiHeader, "affine" | "affineFrom"> {
  const { short, float, unit, pixdimMm, file } = source;
  const row = (at: number): NiftiRow => [
    float(at) * unit,
    float(at + 4) * unit,
    float(at + 8) * unit,
    float(at + 12) * unit,
  ];
  const [dx, dy, dz] = pixdimMm;
  if (short(254) > 0) {
    const affine = [row(280), row(296), row(312)] as const;
    if (affine.flat().some((value) => !Number.isFinite(value))) throw malformed(file, "srow", "not finite");
    return { affine, affineFrom: "sform" };
  }
  if (short(252) > 0) return { affine: quaternionAffine(source), affineFrom: "qform" };
  return {
    affine: [
      [dx, 0, 0, 0],
      [0, dy, 0, 0],
      [0, 0, dz, 0],
    ],
    affineFrom: "pixdim",
  };
}

/** The rotation of the quaternion (nifti1.h, method 2), its third column turned by qfac, scaled by pixdim. */
function quaternionAffine({ float, unit, pixdimMm, file }: AffineSource): readonly [NiftiRow, NiftiRow, NiftiRow] {
  const [b, c, d] = [float(256), float(260), float(264)];
  const offset = [float(268) * unit, float(272) * unit, float(276) * unit];
  if ([b, c, d, ...offset].some((value) => !Number.isFinite(value))) throw malformed(file, "quatern", "not finite");
  const square = 1 - (b * b + c * c + d * d);
  const a = square > 0 ? Math.sqrt(square) : 0;
  const [dx, dy] = pixdimMm;
  const dz = float(76) < 0 ? -pixdimMm[2] : pixdimMm[2];
  return [
    [(a * a + b * b - c * c - d * d) * dx, 2 * (b * c - a * d) * dy, 2 * (b * d + a * c) * dz, offset[0]],
    [2 * (b * c + a * d) * dx, (a * a + c * c - b * b - d * d) * dy, 2 * (c * d - a * b) * dz, offset[1]],
    [2 * (b * d - a * c) * dx, 2 * (c * d + a * b) * dy, (a * a + d * d - c * c - b * b) * dz, offset[2]],
  ];
}

/** The error of a file that says it is NIfTI and is not what the format asks for. */
export function malformed(file: string, field: string, received: number | string): EtalonError {
  return new EtalonError("nifti-malformed", { field, received, details: { file } });
}

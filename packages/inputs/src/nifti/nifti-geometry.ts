import { EtalonError } from "@etalon/base";
import type { NiftiHeader } from "./nifti-header.ts";

/** Where a NIfTI file's voxels lie, in patient LPS, mm: each slice is a plane with row and column directions. */
export interface NiftiGeometry {
  /** Direction of increasing i, unit vector. */
  readonly rowDirection: Vector;
  /** Direction of increasing j, unit vector. */
  readonly columnDirection: Vector;
  /** Between rows (j step), then between columns (i step), mm. */
  readonly pixelSpacingMm: readonly [number, number];
  /** Centre of voxel (0, 0, 0). */
  readonly originLpsMm: Vector;
  /** From a voxel to the one of the next slice, mm. */
  readonly sliceStepLpsMm: Vector;
  /** What the affine says of the voxel size where pixdim was taken instead. */
  readonly overruledMm?: Vector;
}

/** Which of two contradicting voxel sizes to believe. */
export type NiftiSpacing = "affine" | "pixdim";

type Vector = readonly [number, number, number];

/** Voxel sizes that agree to one part in a thousand are one size: affines are stored in single precision. */
const sizeTolerance = 1e-3;

/**
 * Turns the header's RAS+ affine into LPS planes.
 *
 * @param spacing `affine`: a voxel size that contradicts pixdim is refused; `pixdim`: the affine gives directions and
 *   origin, pixdim the size
 * @throws {EtalonError} `nifti-spacing-contradiction`; `nifti-malformed` for an affine without volume
 */
export function niftiGeometry(header: NiftiHeader, spacing: NiftiSpacing, file: string): NiftiGeometry {
  const { affine, pixdimMm } = header;
  const [x, y, z] = affine;
  const columns: readonly Vector[] = [0, 1, 2].map((axis) => [-x[axis], -y[axis], z[axis]]);
  const lengthsMm = columns.map(([a, b, c]) => Math.sqrt(a * a + b * b + c * c));
  if (lengthsMm.some((mm) => !(mm > 0))) {
    throw new EtalonError("nifti-malformed", { field: "affine", received: "no volume", details: { file } });
  }
  const isContradiction = lengthsMm.some((mm, axis) => Math.abs(mm - pixdimMm[axis]) > sizeTolerance * pixdimMm[axis]);
  const affineMm = `${lengthsMm.map((mm) => mm.toFixed(3)).join(" × ")} mm`;
  if (isContradiction && spacing === "affine") {
    throw new EtalonError("nifti-spacing-contradiction", {
      field: file,
      received: affineMm,
      details: { affineFrom: header.affineFrom, pixdim: `${pixdimMm.map((mm) => mm.toFixed(3)).join(" × ")} mm` },
    });
  }
  const sizesMm = isContradiction ? pixdimMm : lengthsMm;
  const direction = (axis: 0 | 1 | 2): Vector => {
    const [a, b, c] = columns[axis];
    return [a / lengthsMm[axis], b / lengthsMm[axis], c / lengthsMm[axis]];
  };
  const [sx, sy, sz] = direction(2);
  return {
    rowDirection: direction(0),
    columnDirection: direction(1),
    pixelSpacingMm: [sizesMm[1], sizesMm[0]],
    // Adding 0 makes −0 a 0.
    originLpsMm: [-x[3] + 0, -y[3] + 0, z[3]],
    sliceStepLpsMm: [sx * sizesMm[2], sy * sizesMm[2], sz * sizesMm[2]],
    ...(isContradiction ? { overruledMm: [lengthsMm[0], lengthsMm[1], lengthsMm[2]] as const } : {}),
  };
}

import type { Vector3, Volume } from "@etalon/volume";

/** What a test says of a volume; the rest is axial, of 1 mm voxels side by side along z from the origin on. */
export interface VolumeOverrides extends Partial<Volume> {
  /** Positions of the slices along z, mm; overridden by `sliceOriginsLpsMm`. */
  readonly positionsMm?: readonly number[];
}

/**
 * A small axial volume with whatever the test wants otherwise. Its slice increments follow from its positions as in the
 * contract of `Grid`; values are 0 unless given.
 */
export function buildVolume(overrides: VolumeOverrides = {}): Volume {
  const { positionsMm = [0, 1, 2], ...volume } = overrides;
  const slices = positionsMm.length;
  const columns = volume.columns ?? 1;
  const rows = volume.rows ?? 1;
  const axial: { readonly [name in "row" | "column" | "normal"]: Vector3 } = {
    row: [1, 0, 0],
    column: [0, 1, 0],
    normal: [0, 0, 1],
  };
  return {
    values: new Int16Array(columns * rows * slices),
    columns,
    rows,
    slices,
    unit: "[hnsf'U]",
    rowSpacingMm: 1,
    columnSpacingMm: 1,
    rowDirection: axial.row,
    columnDirection: axial.column,
    normal: axial.normal,
    sliceOriginsLpsMm: Float64Array.from(positionsMm.flatMap((z) => [0, 0, z])),
    sliceIncrementsMm: Float64Array.from(positionsMm, (z, k) => {
      const below = k > 0 ? z - positionsMm[k - 1] : undefined;
      const above = k + 1 < slices ? positionsMm[k + 1] - z : undefined;
      return ((below ?? above ?? 1) + (above ?? below ?? 1)) / 2;
    }),
    sliceThicknessMm: 1,
    ...volume,
  };
}

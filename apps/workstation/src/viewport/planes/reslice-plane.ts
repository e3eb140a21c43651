import type { Lps } from "../../picture/plane.ts";
import { inVoxels, type SliceVolume, stepMm } from "./slice-volume.ts";

/** What a thick plane shows of the values behind each point. */
export type SlabMode = "mip" | "minip" | "mean";

/** Points of a plane in rows. */
export interface PlaneGrid {
  /** The first point. */
  readonly originLpsMm: Lps;
  /** The way to the next point of a row, and to the next row, mm. */
  readonly acrossMm: Lps;
  readonly downMm: Lps;
  readonly width: number;
  readonly height: number;
  /** Out of the plane, unit vector. */
  readonly normal: Lps;
}

/** How thick a plane is: 0 takes what lies in it alone. */
export interface Slab {
  readonly mode: SlabMode;
  readonly thicknessMm: number;
}

/**
 * The values of a volume at the points of a plane, interpolated between the eight voxels around each (trilinear); of a thick
 * plane the highest, lowest or mean value along its normal, sampled a voxel apart.
 *
 * @returns `width` × `height` values, row by row; NaN outside of the volume, which ends half a voxel beyond its centres
 */
export function reslicePlane(volume: SliceVolume, grid: PlaneGrid, slab: Slab): Float32Array {
  const { width, height, normal } = grid;
  const shown = new Float32Array(width * height);
  const offsets = slabOffsets(slab.thicknessMm, stepMm(volume, normal));
  const across = inVoxels(volume, grid.acrossMm);
  const row = new Float32Array(width);
  const counts = new Uint16Array(width);
  for (let y = 0; y < height; y += 1) {
    const values = shown.subarray(y * width, (y + 1) * width).fill(Number.NaN);
    counts.fill(0);
    for (const offset of offsets) {
      const at = (axis: 0 | 1 | 2): number => grid.originLpsMm[axis] + y * grid.downMm[axis] + offset * normal[axis];
      sampleRow(volume, { from: inVoxels(volume, [at(0), at(1), at(2)], volume.originLpsMm), across }, row);
      joinRow(slab.mode, row, { values, counts });
    }
    if (slab.mode === "mean") for (let x = 0; x < width; x += 1) values[x] = (values[x] ?? 0) / (counts[x] ?? 1);
  }
  return shown;
}

/** Where layers lie along the normal, mm: as many as voxels fit in, evenly about the plane. */
export function slabOffsets(thicknessMm: number, voxelMm: number): readonly number[] {
  const layers = Math.max(1, Math.round(thicknessMm / voxelMm));
  return Array.from({ length: layers }, (_, at) => ((2 * at + 1 - layers) * thicknessMm) / (2 * layers));
}

/** Samples a row from a point on, both in voxels. It is the time that a plane takes: everything stands in one loop. */
function sampleRow(
  { slices, columns, rows }: SliceVolume,
  { from, across }: { readonly from: Lps; readonly across: Lps },
  into: Float32Array,
): void {
  const [lastColumn, lastRow, lastSlice] = [columns - 1, rows - 1, slices.length - 1];
  const [endColumn, endRow, endSlice] = [columns - 0.5, rows - 0.5, slices.length - 0.5];
  const [i0, j0, k0] = from;
  const [ia, ja, ka] = across;
  for (let x = 0; x < into.length; x += 1) {
    const i = i0 + x * ia;
    const j = j0 + x * ja;
    const k = k0 + x * ka;
    into[x] = Number.NaN;
    if (!(i >= -0.5 && i <= endColumn && j >= -0.5 && j <= endRow && k >= -0.5 && k <= endSlice)) continue;
    const column = i < 0 ? 0 : i > lastColumn ? lastColumn : i;
    const row = j < 0 ? 0 : j > lastRow ? lastRow : j;
    const slice = k < 0 ? 0 : k > lastSlice ? lastSlice : k;
    const c = column | 0;
    const r = row | 0;
    const s = slice | 0;
    const near = slices[s];
    if (near === undefined) continue;
    const fc = column - c;
    const fr = row - r;
    const fs = slice - s;
    const upper = r * columns + c;
    const lower = r < lastRow ? upper + columns : upper;
    const right = c < lastColumn ? 1 : 0;
    const a = near[upper] ?? 0;
    const b = near[lower] ?? 0;
    const top = a + fc * ((near[upper + right] ?? 0) - a);
    const value = top + fr * (b + fc * ((near[lower + right] ?? 0) - b) - top);
    const far = fs > 0 ? slices[s + 1] : undefined;
    if (far === undefined) {
      into[x] = value;
      continue;
    }
    const e = far[upper] ?? 0;
    const f = far[lower] ?? 0;
    const farTop = e + fc * ((far[upper + right] ?? 0) - e);
    into[x] = value + fs * (farTop + fr * (f + fc * ((far[lower + right] ?? 0) - f) - farTop) - value);
  }
}

/** A layer's row joins those before it. */
function joinRow(
  mode: SlabMode,
  row: Float32Array,
  { values, counts }: { readonly values: Float32Array; readonly counts: Uint16Array },
): void {
  const isMip = mode === "mip";
  const isMinip = mode === "minip";
  for (let x = 0; x < row.length; x += 1) {
    const value = row[x] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const count = (counts[x] ?? 0) + 1;
    counts[x] = count;
    const before = values[x] ?? 0;
    if (count === 1) values[x] = value;
    else if (isMip) values[x] = value > before ? value : before;
    else if (isMinip) values[x] = value < before ? value : before;
    else values[x] = before + value;
  }
}

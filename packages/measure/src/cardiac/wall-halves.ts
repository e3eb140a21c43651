import type { Volume } from "@etalon/volume";
import { type DrawnWall, wallGeometry } from "./wall-geometry.ts";

/** The inner and the outer half of a wall: indexes of voxels, ascending. */
export interface WallHalves {
  readonly inner: Int32Array;
  readonly outer: Int32Array;
}

/** The wall is cut into chords of this width about the centre of its slice. */
const chordDeg = 30;

/** A wall of fewer voxels across has no two halves: each would be a single voxel, half of it beyond the edge. */
const fewestAcross = 4;

/**
 * The half of a wall next to the cavity and the half away from it, chord by chord; `null` where the wall of the typical chord
 * is fewer than four voxels thick, so that its halves cannot be told apart.
 */
export function wallHalves(volume: Volume, wall: DrawnWall): WallHalves | null {
  const { slices, angleDeg } = wallGeometry(volume, wall, []);
  const sliceOf = new Map(slices.map((slice) => [slice.slice, slice]));
  const perSlice = volume.columns * volume.rows;
  const chords = new Map<string, { readonly voxel: number; readonly radius: number }[]>();
  for (const voxel of wall.voxels) {
    const slice = sliceOf.get(Math.floor(voxel / perSlice));
    if (slice === undefined) continue;
    const [column, row] = [voxel % volume.columns, Math.floor(voxel / volume.columns) % volume.rows];
    const x = (column - slice.column) * volume.columnSpacingMm;
    const y = (row - slice.row) * volume.rowSpacingMm;
    const name = `${slice.slice} ${Math.floor(angleDeg(slice, column, row) / chordDeg)}`;
    const chord = chords.get(name) ?? [];
    chord.push({ voxel, radius: Math.sqrt(x * x + y * y) });
    chords.set(name, chord);
  }
  const spacing = Math.max(volume.columnSpacingMm, volume.rowSpacingMm);
  const thickness: number[] = [];
  const [inner, outer]: [number[], number[]] = [[], []];
  for (const chord of chords.values()) {
    chord.sort((a, b) => a.radius - b.radius || a.voxel - b.voxel);
    thickness.push((chord[chord.length - 1].radius - chord[0].radius) / spacing + 1);
    const half = Math.floor(chord.length / 2);
    inner.push(...chord.slice(0, half).map(({ voxel }) => voxel));
    outer.push(...chord.slice(chord.length - half).map(({ voxel }) => voxel));
  }
  thickness.sort((a, b) => a - b);
  if (!(thickness[Math.floor(thickness.length / 2)] >= fewestAcross)) return null;
  return { inner: Int32Array.from(inner).sort(), outer: Int32Array.from(outer).sort() };
}

import type { Volume } from "@etalon/volume";
import { segmentAt } from "../aha-segment.ts";
import type { WallGeometry } from "../wall-geometry.ts";
import type { Myocardium } from "./myocardium.ts";

/** A segment of the wall, by its number in the AHA's model. */
export interface SegmentExtent {
  /** 1 to 17. */
  readonly segment: number;
  /** Scar in the segment, % of its volume. */
  readonly extentPercent: number;
  /** Mean share of the wall's thickness over the chords that hold scar, %; 0 where none does. */
  readonly transmuralityPercent: number;
}

/** What the chords of the wall say of the scar. */
export interface ChordSummary {
  readonly segments: readonly SegmentExtent[];
  /** Chords with scar. */
  readonly scarredChords: number;
  /** Share of them whose innermost part is scarred, 0 to 1. */
  readonly endocardialShare: number;
}

/** Band of an extent: 0; up to 25; up to 50; up to 75; above (Kim RJ et al., N Engl J Med 2000;343:1445-1453). */
export function transmuralityBand(percent: number): 0 | 1 | 2 | 3 | 4 {
  if (percent <= 0) return 0;
  if (percent <= 25) return 1;
  if (percent <= 50) return 2;
  return percent <= 75 ? 3 : 4;
}

/** Chords are sorted by whole steps of this angle. */
const CHORD_DEG = 5;

interface Chord {
  readonly segment: number;
  wall: number;
  scar: number;
  /** Voxels of the wall as distance from the centre and whether scarred. */
  readonly depths: (readonly [number, boolean])[];
}

/**
 * Scar by segment and chord: the wall of each slice is cut into chords of 5 degrees about its centre; a chord's
 * transmurality is the scarred share of its voxels.
 *
 * @param endocardialPercent inner part of a chord that is called subendocardial, %
 */
export function summarizeChords(
  volume: Volume,
  { myocardium, geometry, scar }: ChordSource,
  endocardialPercent: number,
): ChordSummary {
  const chords = chordsOf(volume, { myocardium, geometry, scar });
  const volumes = new Map<number, { wallMl: number; scarMl: number; shares: number[] }>();
  let [scarred, endocardial] = [0, 0];
  for (const { slice, chord } of chords) {
    const { segment, wall, scar: own, depths } = chord;
    const sum = volumes.get(segment) ?? { wallMl: 0, scarMl: 0, shares: [] };
    sum.wallMl += wall * myocardium.voxelMl[slice];
    sum.scarMl += own * myocardium.voxelMl[slice];
    if (own > 0) {
      sum.shares.push((100 * own) / wall);
      scarred++;
      const fromInside = depths.toSorted(([a], [b]) => a - b);
      const inner = fromInside.slice(0, Math.max(1, Math.round((endocardialPercent / 100) * wall)));
      if (inner.some(([, isScar]) => isScar)) endocardial++;
    }
    volumes.set(segment, sum);
  }
  const segments = [...volumes]
    .sort(([a], [b]) => a - b)
    .map(([segment, { wallMl, scarMl, shares }]) => ({
      segment,
      extentPercent: (100 * scarMl) / wallMl,
      transmuralityPercent: shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length,
    }));
  return { segments, scarredChords: scarred, endocardialShare: scarred === 0 ? 0 : endocardial / scarred };
}

/** What chords are made of. */
export interface ChordSource {
  readonly myocardium: Myocardium;
  readonly geometry: WallGeometry;
  readonly scar: Uint8Array;
}

function chordsOf(
  volume: Volume,
  { myocardium, geometry, scar }: ChordSource,
): readonly { readonly slice: number; readonly chord: Chord }[] {
  const sliceOf = new Map(geometry.slices.map((slice) => [slice.slice, slice]));
  const perSlice = volume.columns * volume.rows;
  const chords = new Map<string, { slice: number; chord: Chord }>();
  for (const voxel of myocardium.voxels) {
    const wallSlice = sliceOf.get(Math.floor(voxel / perSlice));
    if (wallSlice === undefined) continue;
    const [column, row] = [voxel % volume.columns, Math.floor(voxel / volume.columns) % volume.rows];
    const angleDeg = geometry.angleDeg(wallSlice, column, row);
    const step = Math.floor(angleDeg / CHORD_DEG);
    const name = `${wallSlice.slice} ${step}`;
    const segment = segmentAt(wallSlice.level, (step + 0.5) * CHORD_DEG);
    const known = chords.get(name) ?? { slice: wallSlice.slice, chord: { segment, wall: 0, scar: 0, depths: [] } };
    const [x, y] = [(column - wallSlice.column) * volume.columnSpacingMm, (row - wallSlice.row) * volume.rowSpacingMm];
    known.chord.wall++;
    known.chord.scar += scar[voxel];
    known.chord.depths.push([x * x + y * y, scar[voxel] === 1]);
    chords.set(name, known);
  }
  return [...chords.values()];
}

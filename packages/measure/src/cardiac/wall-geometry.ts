import type { Volume } from "@etalon/volume";
import type { Seed } from "../structure.ts";

/** What is drawn of a wall, voxel by voxel. */
export interface DrawnWall {
  /** Indexes of the myocardium's voxels, ascending. */
  readonly voxels: Int32Array;
  /** 1 where the cavity is; shape of the volume. */
  readonly bloodPool: Uint8Array;
}

/** A slice of the wall, base first. */
export interface WallSlice {
  readonly slice: number;
  /** Centre of the cavity, or of the wall where no cavity is drawn, column and row. */
  readonly column: number;
  readonly row: number;
  /** Whether the cavity reaches it; the slices beyond are the apical cap. */
  readonly hasCavity: boolean;
  readonly level: "basal" | "mid" | "apical" | "cap";
}

/** Where the segments of the wall lie. */
export interface WallGeometry {
  readonly slices: readonly WallSlice[];
  /**
   * Angle about a slice's centre, degrees from the anterior insertion of the right ventricle, growing over the septum; from
   * the row direction of the image where no insertion is marked.
   */
  readonly angleDeg: (slice: WallSlice, column: number, row: number) => number;
  /** Whether the insertion is marked: without it angles name no segment. */
  readonly hasInsertion: boolean;
}

/** The slices of the wall from base to apex, and angles in them. */
export function wallGeometry(volume: Volume, myocardium: DrawnWall, seeds: readonly Seed[]): WallGeometry {
  const slices = orderedSlices(volume, myocardium);
  const basal = slices[0];
  const apical = slices[slices.length - 1];
  // Base to apex points to who looks at the slices from the apex: segments then follow each other anticlockwise.
  const towardsApex = apical.slice >= basal.slice ? 1 : -1;
  const [u, v, n] = [volume.rowDirection, volume.columnDirection, volume.normal];
  const handed =
    n[0] * (u[1] * v[2] - u[2] * v[1]) + n[1] * (u[2] * v[0] - u[0] * v[2]) + n[2] * (u[0] * v[1] - u[1] * v[0]);
  const anterior = seeds.find(({ label }) => label === "anterior-rv-insertion");
  const inferior = seeds.find(({ label }) => label === "inferior-rv-insertion");
  const rawDeg = (slice: WallSlice, column: number, row: number): number =>
    degreesOf((row - slice.row) * volume.rowSpacingMm, (column - slice.column) * volume.columnSpacingMm);
  const atSeed = ({ pointLpsMm }: Seed): number => {
    const slice = nearestSlice(volume, slices, pointLpsMm);
    const [column, row] = inImage(volume, slice.slice, pointLpsMm);
    return rawDeg(slice, column, row);
  };
  const zeroDeg = anterior === undefined ? 0 : atSeed(anterior);
  let sense = towardsApex * (handed < 0 ? -1 : 1);
  // Two insertions say themselves on which side the septum is: the shorter way between them.
  if (anterior !== undefined && inferior !== undefined) sense = modulo(atSeed(inferior) - zeroDeg) <= 180 ? 1 : -1;
  return {
    slices,
    angleDeg: (slice, column, row) => modulo(sense * (rawDeg(slice, column, row) - zeroDeg)),
    hasInsertion: anterior !== undefined,
  };
}

function orderedSlices(volume: Volume, { voxels, bloodPool }: DrawnWall): WallSlice[] {
  const perSlice = volume.columns * volume.rows;
  const centres = new Map<number, { count: number; column: number; row: number; cavity: number }>();
  const wallOf = Map.groupBy(voxels, (voxel) => Math.floor(voxel / perSlice));
  for (const [slice, wall] of wallOf) {
    const cavity: number[] = [];
    for (let i = slice * perSlice; i < (slice + 1) * perSlice; i++) if (bloodPool[i] === 1) cavity.push(i);
    const own = cavity.length > 0 ? cavity : wall;
    const column = own.reduce((sum, i) => sum + (i % volume.columns), 0) / own.length;
    const row = own.reduce((sum, i) => sum + (Math.floor(i / volume.columns) % volume.rows), 0) / own.length;
    centres.set(slice, { count: wall.length + cavity.length, column, row, cavity: cavity.length });
  }
  const ascending = [...centres].sort(([a], [b]) => a - b);
  const [first, last] = [ascending[0], ascending[ascending.length - 1]];
  const fromBase = first[1].count >= last[1].count ? ascending : ascending.toReversed();
  const hasAnyCavity = ascending.some(([, { cavity }]) => cavity > 0);
  const lastWithCavity = fromBase.findLastIndex(([, { cavity }]) => cavity > 0);
  const levels = hasAnyCavity ? lastWithCavity + 1 : fromBase.length;
  return fromBase.map(([slice, { column, row, cavity }], index) => ({
    ...{ slice, column, row, hasCavity: cavity > 0 },
    level: index >= levels ? "cap" : (["basal", "mid", "apical"] as const)[Math.floor((3 * index) / levels)],
  }));
}

type Point = readonly [number, number, number];

function nearestSlice(volume: Volume, slices: readonly WallSlice[], point: Point): WallSlice {
  const distance = ({ slice }: WallSlice): number => {
    const [x, y, z] = fromOrigin(volume, slice, point);
    const { normal: n } = volume;
    return Math.abs(x * n[0] + y * n[1] + z * n[2]);
  };
  return slices.reduce((best, slice) => (distance(slice) < distance(best) ? slice : best));
}

function inImage(volume: Volume, slice: number, point: Point): readonly [number, number] {
  const [x, y, z] = fromOrigin(volume, slice, point);
  const { rowDirection: u, columnDirection: v } = volume;
  return [
    (x * u[0] + y * u[1] + z * u[2]) / volume.columnSpacingMm,
    (x * v[0] + y * v[1] + z * v[2]) / volume.rowSpacingMm,
  ];
}

function fromOrigin({ sliceOriginsLpsMm: o }: Volume, slice: number, [x, y, z]: Point): Point {
  return [x - o[3 * slice], y - o[3 * slice + 1], z - o[3 * slice + 2]];
}

function modulo(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/**
 * Angle of a direction, degrees from the x axis towards the y axis, 0 to 360: bisection on the unit circle by arithmetic
 * and square roots alone, to 10⁻⁹ degrees, so that every engine gives the same bits.
 */
export function degreesOf(y: number, x: number): number {
  const length = Math.sqrt(x * x + y * y);
  if (length === 0) return 0;
  let [cosine, sine] = [x / length, Math.abs(y) / length];
  let degrees = 0;
  let stepDeg = 90;
  let [stepCosine, stepSine] = [0, 1];
  for (let i = 0; i < 37; i++) {
    // Turned back by the step, where it still lies on the upper half.
    const [turnedCosine, turnedSine] = [cosine * stepCosine + sine * stepSine, sine * stepCosine - cosine * stepSine];
    if (turnedSine >= 0) {
      [cosine, sine] = [turnedCosine, turnedSine];
      degrees += stepDeg;
    }
    stepDeg /= 2;
    const half = Math.sqrt((1 + stepCosine) / 2);
    stepSine /= 2 * half;
    stepCosine = half;
  }
  return y < 0 ? 360 - degrees : degrees;
}

import type { Solid, Vector3 } from "./solid.ts";
import { containsPoint } from "./solid.ts";

/** One homogeneous body of a scene. */
export interface SceneObject {
  /** Unique in its scene. */
  readonly id: string;
  /** What it is made of, for those who ask what lies at a point. */
  readonly tissue: string;
  readonly valueHu: number;
  readonly solid: Solid;
  /** `finest` where the volume must be right (calcifications), `fine` for what surrounds them, `coarse` for organs. */
  readonly detail: "finest" | "fine" | "coarse";
}

/** Bodies in painting order: a later one replaces what it covers. What none covers is air. */
export type Scene = readonly SceneObject[];

/** An axial pixel grid: rows along patient y, columns along patient x. */
export interface AxialGrid {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  /** Centre of the first pixel, patient x and y, mm. */
  readonly originXyMm: readonly [number, number];
}

/** Air, HU, by the definition of the Hounsfield scale. */
export const airHu = -1000;

/** Sampling of a body across rows and slice: positions per pixel row, and the largest step along z, mm. */
const sampling = {
  finest: { perRow: 16, stepZMm: 0.0625 },
  fine: { perRow: 8, stepZMm: 0.25 },
  coarse: { perRow: 2, stepZMm: 1 },
} as const;

/**
 * Draws one axial slice of a scene, HU, into `out` of shape [row, column].
 *
 * A pixel's value is Σ fraction × HU with the fraction of the voxel (pixel × slice thickness, box profile) that a body
 * fills: exact along x (see {@link Solid}), by midpoints across the row, and along z by midpoints of the part of the
 * slice that the body's bounds reach, hence exact for a body whose section does not change along z. Overlapping edges of
 * two bodies are blended as if independent.
 */
export function rasteriseSlice(
  scene: Scene,
  slice: { readonly grid: AxialGrid; readonly centreZMm: number; readonly thicknessMm: number },
  out: Float32Array,
): void {
  out.fill(airHu);
  const coverage = new Float64Array(slice.grid.columns + 2);
  for (const object of scene) paint(object, slice, { out, coverage });
}

/** The last painted object that holds a point, or `undefined` for air. */
export function objectAt(scene: Scene, pointLpsMm: Vector3): SceneObject | undefined {
  return scene.findLast((object) => containsPoint(object.solid, pointLpsMm));
}

function paint(
  object: SceneObject,
  slice: { readonly grid: AxialGrid; readonly centreZMm: number; readonly thicknessMm: number },
  buffers: { readonly out: Float32Array; readonly coverage: Float64Array },
): void {
  const { grid, thicknessMm } = slice;
  const { minLpsMm: low, maxLpsMm: high } = object.solid.bounds;
  const fromZ = Math.max(slice.centreZMm - thicknessMm / 2, low[2]);
  const toZ = Math.min(slice.centreZMm + thicknessMm / 2, high[2]);
  if (fromZ >= toZ) return;
  const { perRow, stepZMm } = sampling[object.detail];
  const samplesZ = Math.max(1, Math.ceil((toZ - fromZ) / stepZMm));
  const stepZ = (toZ - fromZ) / samplesZ;
  const weightZ = stepZ / thicknessMm;
  const topMm = grid.originXyMm[1] - grid.spacingMm / 2;
  const firstRow = Math.max(0, Math.floor((low[1] - topMm) / grid.spacingMm));
  const lastRow = Math.min(grid.rows - 1, Math.floor((high[1] - topMm) / grid.spacingMm));
  const chord: Chord = { yMm: 0, zMm: 0, fromXMm: 0, toXMm: 0 };
  const layer = { coverage: buffers.coverage, grid, weight: 0 };
  for (let row = firstRow; row <= lastRow; row++) {
    const fromY = Math.max(topMm + row * grid.spacingMm, low[1]);
    const toY = Math.min(topMm + (row + 1) * grid.spacingMm, high[1]);
    if (fromY >= toY) continue;
    const stepY = (toY - fromY) / perRow;
    layer.weight = (weightZ * stepY) / grid.spacingMm;
    let first = grid.columns;
    let last = -1;
    for (let sampleZ = 0; sampleZ < samplesZ; sampleZ++) {
      chord.zMm = fromZ + (sampleZ + 0.5) * stepZ;
      for (let sampleY = 0; sampleY < perRow; sampleY++) {
        chord.yMm = fromY + (sampleY + 0.5) * stepY;
        intersectLine(object.solid, chord);
        const range = addChord(layer, chord);
        if (range < 0) continue;
        first = Math.min(first, range % rangeBase);
        last = Math.max(last, Math.floor(range / rangeBase));
      }
    }
    if (last >= 0) blend(object.valueHu, buffers, { start: row * grid.columns, first, last, columns: grid.columns });
  }
}

/** A line along x at (y, z), and the part of it that lies in a body: empty where from > to. One object for all lines. */
interface Chord {
  yMm: number;
  zMm: number;
  fromXMm: number;
  toXMm: number;
}

/** Sets the ends of a chord to where its line meets the body. */
function intersectLine(solid: Solid, chord: Chord): void {
  let from = solid.bounds.minLpsMm[0];
  let to = solid.bounds.maxLpsMm[0];
  const q = solid.constraints;
  for (let at = 0; at < q.length; at += 9) {
    const centreX = q[at];
    const y = chord.yMm - q[at + 1];
    const z = chord.zMm - q[at + 2];
    const a = q[at + 3];
    const halfB = q[at + 6] * y + q[at + 7] * z;
    const c = q[at + 4] * y * y + q[at + 5] * z * z + 2 * q[at + 8] * y * z - 1;
    if (a < 1e-12) {
      // Q is semidefinite: without xx it has no xy and xz either, and the constraint holds for all x or for none.
      if (c > 0) to = from - 1;
      continue;
    }
    const discriminant = halfB * halfB - a * c;
    if (discriminant <= 0) {
      to = from - 1;
      continue;
    }
    const root = Math.sqrt(discriminant);
    from = Math.max(from, centreX + (-halfB - root) / a);
    to = Math.min(to, centreX + (-halfB + root) / a);
  }
  chord.fromXMm = from;
  chord.toXMm = to;
}

/** Packs two column indexes below 65 536 into one number, so that the hot loop allocates nothing. */
const rangeBase = 65536;

/**
 * Adds weight × the covered part of each pixel to a difference array, whose running sum is the coverage: four additions
 * per chord, however long it is. Returns first + 65 536 · last touched column, or -1 for an empty chord.
 */
function addChord(
  layer: { readonly coverage: Float64Array; readonly grid: AxialGrid; readonly weight: number },
  chord: Chord,
): number {
  const { coverage, grid, weight } = layer;
  const leftMm = grid.originXyMm[0] - grid.spacingMm / 2;
  const from = Math.max(0, (chord.fromXMm - leftMm) / grid.spacingMm);
  const to = Math.min(grid.columns, (chord.toXMm - leftMm) / grid.spacingMm);
  if (from >= to) return -1;
  const firstColumn = Math.floor(from);
  const lastColumn = Math.floor(to);
  const inFirst = from - firstColumn;
  const inLast = to - lastColumn;
  coverage[firstColumn] = coverage[firstColumn] + (1 - inFirst) * weight;
  coverage[firstColumn + 1] = coverage[firstColumn + 1] + inFirst * weight;
  coverage[lastColumn] = coverage[lastColumn] - (1 - inLast) * weight;
  coverage[lastColumn + 1] = coverage[lastColumn + 1] - inLast * weight;
  return firstColumn + rangeBase * lastColumn;
}

/** Mixes the body into one row by its coverage and clears the difference array behind it. */
function blend(
  valueHu: number,
  buffers: { readonly out: Float32Array; readonly coverage: Float64Array },
  row: { readonly start: number; readonly first: number; readonly last: number; readonly columns: number },
): void {
  const { out, coverage } = buffers;
  let fraction = 0;
  for (let column = row.first; column <= row.last + 1; column++) {
    fraction += coverage[column];
    coverage[column] = 0;
    if (column >= row.columns) continue;
    const at = row.start + column;
    // Sums of weights end within some 1e-14 of 1: a pixel that is wholly covered holds the body's value itself.
    if (fraction > 1 - 1e-9) out[at] = valueHu;
    else if (fraction > 1e-9) out[at] = out[at] + fraction * (valueHu - out[at]);
  }
}

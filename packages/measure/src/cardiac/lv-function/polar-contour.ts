import { cos, sin } from "@etalon/kernels";
import type { Volume } from "@etalon/volume";
import type { ColumnRow } from "../../polygon.ts";

/** Signal of blood and of the wall, in the units of the image. */
export interface SignalLevels {
  readonly blood: number;
  readonly wall: number;
}

/** How a contour is looked for. */
export interface ContourRules {
  /** Where between wall (0) and blood (1) a voxel starts to count as blood. */
  readonly bloodFraction: number;
  /** Thickness of the wall that must lie outside, mm. */
  readonly wallMm: number;
  /** Largest radius looked at, mm. */
  readonly radiusMm: number;
}

/** A closed contour about a centre. */
export interface PolarContour {
  /** Radius at each of {@link ANGLES} angles, mm. */
  readonly radiiMm: Float64Array;
  readonly corners: readonly ColumnRow[];
  /** Share of the angles at which what lies outside is dark, as a wall is. */
  readonly wallShare: number;
  /** Mean evidence of blood inside, −1 (wall) to 1 (blood). */
  readonly brightness: number;
}

/** Angles of a contour: steps of 5 degrees are 3 mm at the radius of a large ventricle. */
export const ANGLES = 72;
const STEP_MM = 1;
/** A contour may leave that of the neighbouring slice by so much for nothing, mm, and beyond at this price per mm. */
const FREE_MM = 8;
const PRICE_PER_MM = 5;
/** The gain of blood inside weighs by radius to this power: between an area (0) and a mean (1). */
const fourthRoot = (value: number): number => Math.sqrt(Math.sqrt(value));

/**
 * The contour about a centre that has most blood inside and a wall outside: at each angle the evidence of blood is summed
 * up to a radius and the evidence of wall over the wall's thickness beyond it; the closed curve of least cost whose radius
 * changes by at most 1 mm from angle to angle is found by dynamic programming, and its convex hull taken, since papillary
 * muscles belong to the cavity.
 *
 * @param slice index of the slice in the volume
 * @param search `center` column and row; `prior` radii of the neighbouring slice
 */
export function findPolarContour(
  volume: Volume,
  slice: number,
  search: {
    readonly center: ColumnRow;
    readonly levels: SignalLevels;
    readonly rules: ContourRules;
    readonly prior?: Float64Array | undefined;
  },
): PolarContour {
  const { rules, center } = search;
  const steps = Math.floor(rules.radiusMm / STEP_MM);
  const wallSteps = Math.floor(rules.wallMm / STEP_MM);
  const evidence = sampleEvidence(volume, slice, { ...search, steps });
  const radii = steps - wallSteps;
  const path = cheapestLoop(costsOf(evidence, { steps, wallSteps, prior: search.prior }), radii);
  const found = Float64Array.from(path, (step) => (step + 1) * STEP_MM);
  const radiiMm = convexRadii(found);
  let [walled, blood] = [0, 0];
  for (let a = 0; a < ANGLES; a++) {
    let [outside, inside] = [0, 0];
    for (let r = 1; r <= wallSteps; r++) outside += evidence[a * steps + path[a] + r];
    for (let r = 0; r <= path[a]; r++) inside += evidence[a * steps + r];
    if (outside < 0) walled++;
    blood += inside / (path[a] + 1);
  }
  return {
    radiiMm,
    corners: cornersOf(radiiMm, center, volume),
    wallShare: walled / ANGLES,
    brightness: blood / ANGLES,
  };
}

/** Corners of radii about a centre, column and row. */
export function cornersOf(radiiMm: Float64Array, [column, row]: ColumnRow, volume: Volume): readonly ColumnRow[] {
  return Array.from(
    radiiMm,
    (radius, a): ColumnRow => [
      column + (radius * COSINES[a]) / volume.columnSpacingMm,
      row + (radius * SINES[a]) / volume.rowSpacingMm,
    ],
  );
}

const angleOf = (a: number): number => (2 * Math.PI * a) / ANGLES;
const COSINES = Float64Array.from({ length: ANGLES }, (_, a) => cos(angleOf(a)));
const SINES = Float64Array.from({ length: ANGLES }, (_, a) => sin(angleOf(a)));

/** Evidence along every ray, −1 for wall to 1 for blood; shape [angle, step]. */
function sampleEvidence(
  volume: Volume,
  slice: number,
  search: {
    readonly center: ColumnRow;
    readonly levels: SignalLevels;
    readonly rules: ContourRules;
    readonly steps: number;
  },
): Float64Array {
  const { levels, rules, steps, center } = search;
  const threshold = levels.wall + rules.bloodFraction * (levels.blood - levels.wall);
  const evidence = new Float64Array(ANGLES * steps);
  for (let a = 0; a < ANGLES; a++) {
    for (let r = 0; r < steps; r++) {
      const mm = (r + 0.5) * STEP_MM;
      const column = center[0] + (mm * COSINES[a]) / volume.columnSpacingMm;
      const row = center[1] + (mm * SINES[a]) / volume.rowSpacingMm;
      const value = interpolate(volume, slice, [column, row]);
      const sign =
        value > threshold
          ? (value - threshold) / (levels.blood - threshold)
          : (value - threshold) / (threshold - levels.wall);
      evidence[a * steps + r] = Math.max(-1, Math.min(1, sign));
    }
  }
  return evidence;
}

/** Bilinear value of a slice; beyond its border, that of the border. */
function interpolate({ values, columns, rows }: Volume, slice: number, [column, row]: ColumnRow): number {
  const x = Math.max(0, Math.min(columns - 1.001, column));
  const y = Math.max(0, Math.min(rows - 1.001, row));
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - i, y - j];
  const at = (slice * rows + j) * columns + i;
  const upper = values[at] * (1 - fx) + values[at + 1] * fx;
  const lower = values[at + columns] * (1 - fx) + values[at + columns + 1] * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Cost of each radius at each angle; shape [angle, radius]. */
function costsOf(
  evidence: Float64Array,
  shape: { readonly steps: number; readonly wallSteps: number; readonly prior: Float64Array | undefined },
): Float64Array {
  const { steps, wallSteps, prior } = shape;
  const radii = steps - wallSteps;
  const costs = new Float64Array(ANGLES * radii);
  for (let a = 0; a < ANGLES; a++) {
    let inside = 0;
    for (let r = 0; r < radii; r++) {
      const mm = (r + 0.5) * STEP_MM;
      inside += evidence[a * steps + r] * mm * STEP_MM;
      let outside = 0;
      for (let w = 1; w <= wallSteps; w++) outside += evidence[a * steps + r + w] * STEP_MM;
      const root = fourthRoot(mm);
      const away = prior === undefined ? 0 : Math.abs(mm - prior[a]) - FREE_MM;
      costs[a * radii + r] = outside - inside / (root * root * root) + (away > 0 ? away * PRICE_PER_MM : 0);
    }
  }
  return costs;
}

/** The closed path of least cost: once open, then again through its radius opposite the first angle. */
function cheapestLoop(costs: Float64Array, radii: number): Int32Array {
  const half = ANGLES / 2;
  const open = cheapestPath(costs, radii, { first: 0 });
  const closed = cheapestPath(costs, radii, { first: half, through: open[half] });
  return Int32Array.from({ length: ANGLES }, (_, a) => closed[(a + ANGLES - half) % ANGLES]);
}

function cheapestPath(
  costs: Float64Array,
  radii: number,
  { first, through }: { readonly first: number; readonly through?: number },
): Int32Array {
  let sums = new Float64Array(radii);
  for (let r = 0; r < radii; r++) {
    sums[r] = through === undefined || through === r ? costs[first * radii + r] : Number.POSITIVE_INFINITY;
  }
  const steps = new Int8Array(ANGLES * radii);
  for (let k = 1; k < ANGLES; k++) {
    const next = new Float64Array(radii);
    const angle = (first + k) % ANGLES;
    for (let r = 0; r < radii; r++) {
      let [best, from] = [Number.POSITIVE_INFINITY, 0];
      for (let d = -1; d <= 1; d++) {
        if (r + d < 0 || r + d >= radii || sums[r + d] >= best) continue;
        best = sums[r + d];
        from = d;
      }
      next[r] = best + costs[angle * radii + r];
      steps[k * radii + r] = from;
    }
    sums = next;
  }
  const path = new Int32Array(ANGLES);
  const [low, high] =
    through === undefined ? [0, radii - 1] : [Math.max(0, through - 1), Math.min(radii - 1, through + 1)];
  let end = low;
  for (let r = low; r <= high; r++) if (sums[r] < sums[end]) end = r;
  for (let k = ANGLES - 1; k >= 0; k--) {
    path[k] = end;
    end += steps[k * radii + end];
  }
  return path;
}

/** Chords of the hull span up to a quarter of a turn on either side. */
const HULL_REACH = 17;

/** Radii of the convex hull: at each angle the farthest that a chord between two corners beside it reaches. */
function convexRadii(radiiMm: Float64Array): Float64Array {
  return radiiMm.map((own, a) => {
    let best = own;
    for (let i = 1; i <= HULL_REACH; i++) {
      const p = (a + ANGLES - i) % ANGLES;
      const [px, py] = [radiiMm[p] * COSINES[p], radiiMm[p] * SINES[p]];
      for (let j = 1; j <= HULL_REACH; j++) {
        const q = (a + j) % ANGLES;
        const [ex, ey] = [radiiMm[q] * COSINES[q] - px, radiiMm[q] * SINES[q] - py];
        const across = COSINES[a] * ey - SINES[a] * ex;
        if (Math.abs(across) < 1e-9) continue;
        best = Math.max(best, (px * ey - py * ex) / across);
      }
    }
    return best;
  });
}

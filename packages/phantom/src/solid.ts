/** A point or a direction in patient LPS, millimetres or unitless. */
export type Vector3 = readonly [number, number, number];

/** An axis-aligned range in patient LPS, mm. */
export interface Bounds {
  readonly minLpsMm: Vector3;
  readonly maxLpsMm: Vector3;
}

/**
 * A convex body: the points p with dᵀ·Q·d ≤ 1 for every constraint, d = p − centre, Q symmetric and positive
 * semidefinite. Rank 3 is an ellipsoid, rank 2 an endless tube, rank 1 a slab; their intersections are cylinders with
 * flat ends, boxes and oblique slices of an ellipsoid. A line along x meets such a body in one interval, which a square
 * root gives exactly, so that a rasteriser needs no sampling along x.
 */
export interface Solid {
  /** Nine numbers per constraint: centre x, y, z (mm), then Qxx, Qyy, Qzz, Qxy, Qxz, Qyz (1/mm²). */
  readonly constraints: Float64Array;
  /** Encloses the body; exact along z where the body has flat ends. */
  readonly bounds: Bounds;
}

/** An ellipsoid: semi-axes (mm) along three orthonormal axes. */
export function ellipsoid(centreLpsMm: Vector3, semiAxesMm: Vector3, axes: readonly Vector3[] = unitAxes): Solid {
  const rows = axes.map((axis, index) => scale(axis, 1 / component(semiAxesMm, index)));
  const halfExtent = (at: 0 | 1 | 2): number =>
    Math.sqrt(axes.reduce((sum, axis, index) => sum + square(axis[at] * component(semiAxesMm, index)), 0));
  return {
    constraints: Float64Array.from(constraint(centreLpsMm, rows)),
    bounds: around(centreLpsMm, [halfExtent(0), halfExtent(1), halfExtent(2)]),
  };
}

/** A circular cylinder with flat ends; `axis` is a unit vector. */
export function cylinder(
  centreLpsMm: Vector3,
  axis: Vector3,
  size: { readonly radiusMm: number; readonly lengthMm: number },
): Solid {
  const half = size.lengthMm / 2;
  const [first, second] = perpendiculars(axis);
  const halfExtent = (at: 0 | 1 | 2): number =>
    Math.abs(axis[at]) * half + size.radiusMm * Math.sqrt(Math.max(0, 1 - square(axis[at])));
  return {
    constraints: Float64Array.from([
      ...constraint(centreLpsMm, [scale(first, 1 / size.radiusMm), scale(second, 1 / size.radiusMm)]),
      ...constraint(centreLpsMm, [scale(axis, 1 / half)]),
    ]),
    bounds: around(centreLpsMm, [halfExtent(0), halfExtent(1), halfExtent(2)]),
  };
}

/** A cylinder along z with an elliptic section and flat ends. */
export function ellipticColumn(centreLpsMm: Vector3, semiAxesMm: readonly [number, number], lengthMm: number): Solid {
  const [semiX, semiY] = semiAxesMm;
  return {
    constraints: Float64Array.from([
      ...constraint(centreLpsMm, [
        [1 / semiX, 0, 0],
        [0, 1 / semiY, 0],
      ]),
      ...constraint(centreLpsMm, [[0, 0, 2 / lengthMm]]),
    ]),
    bounds: around(centreLpsMm, [semiX, semiY, lengthMm / 2]),
  };
}

/** A box along the patient axes. */
export function box(centreLpsMm: Vector3, sizeMm: Vector3): Solid {
  return {
    constraints: Float64Array.from([
      ...constraint(centreLpsMm, [[2 / sizeMm[0], 0, 0]]),
      ...constraint(centreLpsMm, [[0, 2 / sizeMm[1], 0]]),
      ...constraint(centreLpsMm, [[0, 0, 2 / sizeMm[2]]]),
    ]),
    bounds: around(centreLpsMm, [sizeMm[0] / 2, sizeMm[1] / 2, sizeMm[2] / 2]),
  };
}

/**
 * The part of a body within ±halfThicknessMm of the plane z = planeZMm + slope · y (measured along z): with an ellipsoid
 * of the chest it makes a rib, which descends towards the front.
 */
export function obliqueSlice(
  body: Solid,
  plane: { readonly planeZMm: number; readonly slope: number; readonly halfThicknessMm: number },
): Solid {
  const { minLpsMm: low, maxLpsMm: high } = body.bounds;
  const atLow = plane.planeZMm + plane.slope * low[1];
  const atHigh = plane.planeZMm + plane.slope * high[1];
  const normal: Vector3 = [0, -plane.slope / plane.halfThicknessMm, 1 / plane.halfThicknessMm];
  return {
    constraints: Float64Array.from([...body.constraints, ...constraint([0, 0, plane.planeZMm], [normal])]),
    bounds: {
      minLpsMm: [low[0], low[1], Math.max(low[2], Math.min(atLow, atHigh) - plane.halfThicknessMm)],
      maxLpsMm: [high[0], high[1], Math.min(high[2], Math.max(atLow, atHigh) + plane.halfThicknessMm)],
    },
  };
}

/** What two bodies share. */
export function intersection(first: Solid, second: Solid): Solid {
  const [a, b] = [first.bounds, second.bounds];
  const pick = (choose: (...values: number[]) => number, one: Vector3, other: Vector3): Vector3 => [
    choose(one[0], other[0]),
    choose(one[1], other[1]),
    choose(one[2], other[2]),
  ];
  return {
    constraints: Float64Array.from([...first.constraints, ...second.constraints]),
    bounds: {
      minLpsMm: pick(Math.max, a.minLpsMm, b.minLpsMm),
      maxLpsMm: pick(Math.min, a.maxLpsMm, b.maxLpsMm),
    },
  };
}

/** Whether a point lies in the body or on its surface. */
export function containsPoint(solid: Solid, pointLpsMm: Vector3): boolean {
  const q = solid.constraints;
  for (let at = 0; at < q.length; at += 9) {
    const [cx, cy, cz, xx, yy, zz, xy, xz, yz] = q.subarray(at, at + 9);
    const x = pointLpsMm[0] - cx;
    const y = pointLpsMm[1] - cy;
    const z = pointLpsMm[2] - cz;
    if (xx * x * x + yy * y * y + zz * z * z + 2 * (xy * x * y + xz * x * z + yz * y * z) > 1) return false;
  }
  return true;
}

const unitAxes: readonly Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Σ (row · d)² ≤ 1 as one constraint. */
function constraint(centre: Vector3, rows: readonly Vector3[]): readonly number[] {
  const sum = (a: 0 | 1 | 2, b: 0 | 1 | 2): number => rows.reduce((total, row) => total + row[a] * row[b], 0);
  return [...centre, sum(0, 0), sum(1, 1), sum(2, 2), sum(0, 1), sum(0, 2), sum(1, 2)];
}

/** Two unit vectors that complete a unit vector to an orthonormal frame. */
function perpendiculars(axis: Vector3): readonly [Vector3, Vector3] {
  const helper: Vector3 = Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const raw = cross(axis, helper);
  const first = scale(raw, 1 / Math.sqrt(square(raw[0]) + square(raw[1]) + square(raw[2])));
  return [first, cross(axis, first)];
}

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function around(centre: Vector3, half: Vector3): Bounds {
  return {
    minLpsMm: [centre[0] - half[0], centre[1] - half[1], centre[2] - half[2]],
    maxLpsMm: [centre[0] + half[0], centre[1] + half[1], centre[2] + half[2]],
  };
}

function scale(vector: Vector3, factor: number): Vector3 {
  return [vector[0] * factor, vector[1] * factor, vector[2] * factor];
}

function component(vector: Vector3, index: number): number {
  return vector[index === 0 ? 0 : index === 1 ? 1 : 2];
}

function square(value: number): number {
  return value * value;
}

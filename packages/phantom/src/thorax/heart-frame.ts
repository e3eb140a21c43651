import type { Vector3 } from "../solid.ts";

/** Centre of the heart, patient LPS, mm: left of the midline, towards the front. */
export const heartCentreLpsMm: Vector3 = [18, -18, 0];

/** Semi-axes of the heart's ellipsoid along {@link heartAxes}, mm: 103 mm from top to bottom. */
export const heartSemiAxesMm: Vector3 = [60, 42, 46];

/** Depth of the fat around the heart, mm: with it the heart is 119 mm from top to bottom. */
export const epicardialFatMm = 8;

/** Axes of the heart, orthonormal: towards the apex (left, front, down), to the left, to the front and up. */
export const heartAxes: readonly [Vector3, Vector3, Vector3] = [
  [0.6, -0.48, -0.64],
  [0.8, 0.36, 0.48],
  [0, -0.8, 0.6],
];

/**
 * A point of the heart: `direction` along the three axes (any length; made a unit vector) times the semi-axes enlarged
 * by `outsideMm`; coordinates are rounded to 0.1 mm, so that the truth reads well.
 */
export function heartPoint(direction: Vector3, outsideMm: number): Vector3 {
  const norm = Math.sqrt(direction[0] * direction[0] + direction[1] * direction[1] + direction[2] * direction[2]);
  const at = (axis: 0 | 1 | 2): number => {
    let sum = heartCentreLpsMm[axis];
    sum += (direction[0] / norm) * (heartSemiAxesMm[0] + outsideMm) * heartAxes[0][axis];
    sum += (direction[1] / norm) * (heartSemiAxesMm[1] + outsideMm) * heartAxes[1][axis];
    sum += (direction[2] / norm) * (heartSemiAxesMm[2] + outsideMm) * heartAxes[2][axis];
    return Math.round(sum * 10) / 10;
  };
  return [at(0), at(1), at(2)];
}

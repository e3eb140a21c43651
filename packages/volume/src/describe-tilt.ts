import type { PlanarFrame } from "./planar-frame.ts";
import type { PlaneDirections } from "./plane-directions.ts";
import type { SlicedFrame } from "./slice-frames.ts";
import { dot, type Vector3 } from "./vector3.ts";

/** How the origin of the slices drifts within their plane. */
export interface Tilt {
  readonly isTilted: boolean;
  /** In-plane drift per mm along the normal: the tangent of the gantry's tilt, between first and last slice. */
  readonly shearMmPerMm: number;
  readonly alongRowMmPerMm: number;
  readonly alongColumnMmPerMm: number;
  /** Largest in-plane distance of an origin from the straight line between the first and the last, mm. */
  readonly largestResidualMm: number;
}

/** In-plane drift, over the whole stack, from which it is a tilt and not rounding of the positions: a fifth of a CT pixel, mm. */
const driftToleranceMm = 0.1;

/** Measures the in-plane drift of slice origins; frames in slice order. */
export function describeTilt(frames: readonly SlicedFrame<PlanarFrame>[], plane: PlaneDirections): Tilt {
  const none = { isTilted: false, shearMmPerMm: 0, alongRowMmPerMm: 0, alongColumnMmPerMm: 0, largestResidualMm: 0 };
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined || first.slice === last.slice) return none;
  const inPlane = ({ frame }: SlicedFrame<PlanarFrame>): readonly [number, number] => {
    const fromFirst = minus(frame.header.positionLpsMm, first.frame.header.positionLpsMm);
    return [dot(fromFirst, plane.row), dot(fromFirst, plane.column)];
  };
  const lengthMm = last.alongNormalMm - first.alongNormalMm;
  const [alongRowMm, alongColumnMm] = inPlane(last);
  let largestResidualMm = 0;
  let largestDriftMm = 0;
  for (const frame of frames) {
    const share = (frame.alongNormalMm - first.alongNormalMm) / lengthMm;
    const [along, down] = inPlane(frame);
    largestDriftMm = Math.max(largestDriftMm, hypotenuse(along, down));
    largestResidualMm = Math.max(
      largestResidualMm,
      hypotenuse(along - share * alongRowMm, down - share * alongColumnMm),
    );
  }
  return {
    isTilted: largestDriftMm > driftToleranceMm,
    shearMmPerMm: hypotenuse(alongRowMm, alongColumnMm) / lengthMm,
    alongRowMmPerMm: alongRowMm / lengthMm,
    alongColumnMmPerMm: alongColumnMm / lengthMm,
    largestResidualMm,
  };
}

function minus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function hypotenuse(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}

import { dot, type Lps } from "../../picture/plane.ts";
import type { PixelMatrix, Size } from "../placed-state.ts";
import { about, cross } from "../rotation.ts";
import type { CanvasPoint } from "../view.ts";
import type { PlaneGrid } from "./reslice-plane.ts";

/** The planes of the patient. */
export type PlaneName = "axial" | "coronal" | "sagittal";

/** Where the screen's right and down lead: unit vectors, patient LPS. */
export interface PlaneFrame {
  readonly right: Lps;
  readonly down: Lps;
}

/** As radiology looks: axial from the feet, coronal from the front, sagittal from the patient's left. */
export const planeFrames: Readonly<Record<PlaneName, PlaneFrame>> = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};

/** A frame turned about a direction through the patient, degrees. */
export function turnedFrame({ right, down }: PlaneFrame, axis: Lps, degrees: number): PlaneFrame {
  return { right: about(right, axis, degrees), down: about(down, axis, degrees) };
}

/** Where another plane cuts this one: a direction on the screen; nothing where they are parallel. */
export function cutOf(frame: PlaneFrame, other: PlaneFrame): CanvasPoint | undefined {
  const way = cross(outOf(frame), outOf(other));
  const [x, y] = [dot(way, frame.right), dot(way, frame.down)];
  const length = Math.hypot(x, y);
  return length < 1e-6 ? undefined : [x / length, y / length];
}

/** Out of the screen, towards the reader. */
export function outOf({ right: r, down: d }: PlaneFrame): Lps {
  const along = (a: 0 | 1 | 2, b: 0 | 1 | 2): number => d[a] * r[b] - d[b] * r[a];
  return [along(1, 2), along(2, 0), along(0, 1)];
}

/** How a plane is seen. */
export interface PlaneSight {
  readonly frame: PlaneFrame;
  /** A point that lies in the middle of the view, patient LPS, mm. */
  readonly middle: Lps;
  readonly pxPerMm: number;
  readonly size: Size;
}

/** Where a point is drawn, CSS pixels. */
export function canvasPoint({ frame, middle, pxPerMm, size }: PlaneSight, lpsMm: Lps): CanvasPoint {
  const from: Lps = [lpsMm[0] - middle[0], lpsMm[1] - middle[1], lpsMm[2] - middle[2]];
  return [size.widthPx / 2 + dot(from, frame.right) * pxPerMm, size.heightPx / 2 + dot(from, frame.down) * pxPerMm];
}

/** The point of the plane that is drawn at a place. */
export function pointAt({ frame, middle, pxPerMm, size }: PlaneSight, [x, y]: CanvasPoint): Lps {
  const across = (x - size.widthPx / 2) / pxPerMm;
  const down = (y - size.heightPx / 2) / pxPerMm;
  return moved(moved(middle, frame.right, across), frame.down, down);
}

/** A point after a way along a unit vector, mm. */
export function moved(from: Lps, way: Lps, byMm: number): Lps {
  return [from[0] + byMm * way[0], from[1] + byMm * way[1], from[2] + byMm * way[2]];
}

/** The points that are sampled for a view: one for `pxPerPoint` CSS pixels, and where they are drawn. */
export function gridOfSight(
  sight: PlaneSight,
  pxPerPoint: number,
): { readonly grid: PlaneGrid; readonly matrix: PixelMatrix } {
  const { frame, pxPerMm, size } = sight;
  const width = Math.max(1, Math.ceil(size.widthPx / pxPerPoint));
  const height = Math.max(1, Math.ceil(size.heightPx / pxPerPoint));
  const half = pxPerPoint / 2;
  const step = pxPerPoint / pxPerMm;
  const along = (way: Lps): Lps => [way[0] * step, way[1] * step, way[2] * step];
  return {
    grid: {
      originLpsMm: pointAt(sight, [half, half]),
      ...{ acrossMm: along(frame.right), downMm: along(frame.down), width, height },
      normal: outOf(frame),
    },
    matrix: { a: pxPerPoint, b: 0, c: 0, d: pxPerPoint, e: half, f: half },
  };
}

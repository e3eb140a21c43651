import type { Mark } from "../../marks/mark.ts";
import type { PixelPoint } from "../../picture/plane.ts";
import type { CanvasPoint } from "../../viewport/view.ts";

/** A point of a mark that is moved. */
export interface Grab {
  readonly mark: Mark;
  readonly point: number;
  /** Whether the mark is being drawn for the first time. */
  readonly isNew: boolean;
}

/** How near to a point the pointer must be, CSS pixels. */
const reachPx = 8;

/** The point that the pointer takes hold of: the nearest of those in its reach. */
export function grabbed(
  marks: readonly Mark[],
  at: CanvasPoint,
  toCanvas: (point: PixelPoint) => CanvasPoint,
): Grab | undefined {
  const [nearest] = marks
    .flatMap((mark) =>
      mark.points.map((pixel, point) => {
        const [x, y] = toCanvas(pixel);
        return { grab: { mark, point, isNew: false }, distancePx: Math.hypot(x - at[0], y - at[1]) };
      }),
    )
    .filter(({ distancePx }) => distancePx <= reachPx)
    .sort((a, b) => a.distancePx - b.distancePx);
  return nearest?.grab;
}

import type { Region } from "@etalon/measure";
import type { Picture } from "../../picture/picture.ts";
import type { PixelPoint } from "../../picture/plane.ts";
import { contoursOn, type DrawnAs, type ShownContour, withContour } from "./contour-regions.ts";
import { areaOf, closedLoop, nearestCorner, thinned, withPiece } from "./contour-shapes.ts";

/** A drag on a picture, in its pixels. */
export interface ContourDrag {
  readonly picture: Pick<Picture, "header" | "frame">;
  readonly path: readonly PixelPoint[];
  readonly drawing: DrawnAs;
  /** Pixels of the picture in one CSS pixel of the screen. */
  readonly perScreenPx: number;
}

/** CSS pixels from a contour within which a drag begins and ends on it. */
const reachPx = 10;

/** CSS pixels² below which a drag is a click. */
const leastAreaPx = 30;

/** What a drag makes of the regions: a piece of a contour drawn anew, or a new contour; nothing where it means neither. */
export function drawnBy(drag: ContourDrag, regions: readonly Region[]): readonly Region[] | undefined {
  const { picture, drawing, perScreenPx } = drag;
  const path = thinned(drag.path, perScreenPx);
  if (path.length < 3) return undefined;
  const held = heldContour(drag, regions);
  if (held !== undefined) {
    const points = withPiece(held.points, path);
    return points === undefined ? undefined : withContour(regions, picture, { ...held, points });
  }
  const loop = closedLoop(path);
  if (loop === undefined || areaOf(loop) < leastAreaPx * perScreenPx * perScreenPx) return undefined;
  return withContour(regions, picture, { ...drawing, id: undefined, points: loop });
}

/** The contour of the structure that a drag begins and ends on. */
function heldContour(
  { picture, path, drawing, perScreenPx }: ContourDrag,
  regions: readonly Region[],
): ShownContour | undefined {
  const [first, last] = [path.at(0), path.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const reach = reachPx * perScreenPx;
  const isOn = ({ points }: ShownContour, at: PixelPoint): boolean => nearestCorner(points, at).distance <= reach;
  return contoursOn(picture, regions)
    .filter(({ role, label }) => role === drawing.role && label === drawing.label)
    .find((one) => isOn(one, first) && isOn(one, last));
}

/** The contour that a click means: the nearest within reach. */
export function contourAt(
  { picture, at, perScreenPx }: Pick<ContourDrag, "picture" | "perScreenPx"> & { readonly at: PixelPoint },
  regions: readonly Region[],
): string | undefined {
  const near = contoursOn(picture, regions)
    .map(({ id, points }) => ({ id, distance: nearestCorner(points, at).distance }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near !== undefined && near.distance <= reachPx * perScreenPx ? near.id : undefined;
}

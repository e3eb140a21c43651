import type { CanvasPoint } from "../../viewport/view.ts";

/** How far from the point the handles are, of the shorter side of the view. */
const handleFraction = 0.35;

/** CSS pixels from a handle at which the pointer takes it. */
const reachPx = 14;

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Where the handles are that turn the planes which cut this one: two on each line. */
export function handlesOf(
  [x, y]: CanvasPoint,
  cuts: readonly CanvasPoint[],
  { widthPx, heightPx }: Size,
): readonly CanvasPoint[] {
  const away = handleFraction * Math.min(widthPx, heightPx);
  return cuts.flatMap(([dx, dy]): CanvasPoint[] => [
    [x + away * dx, y + away * dy],
    [x - away * dx, y - away * dy],
  ]);
}

/** Whether the pointer takes one of the handles. */
export function takesHandle([x, y]: CanvasPoint, handles: readonly CanvasPoint[]): boolean {
  return handles.some(([hx, hy]) => Math.hypot(x - hx, y - hy) <= reachPx);
}

/** How far the pointer went round a point, clockwise, degrees from -180 to 180. */
export function turnedDegrees([x, y]: CanvasPoint, from: CanvasPoint, to: CanvasPoint): number {
  const [ax, ay, bx, by] = [from[0] - x, from[1] - y, to[0] - x, to[1] - y];
  return (Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * 180) / Math.PI;
}

import type { CanvasPoint } from "./view.ts";

/** How a picture lies in its view. */
export interface Placement {
  /** 1 where the whole picture fits. */
  readonly zoom: number;
  /** How far the middle of the picture is from the middle of the view, CSS pixels. */
  readonly pan: CanvasPoint;
  /** Where the picture's right and its down lead on the screen: unit vectors. */
  readonly right: CanvasPoint;
  readonly down: CanvasPoint;
}

/** Whole, in the middle, as it lies. */
export const wholePlacement: Placement = { zoom: 1, pan: [0, 0], right: [1, 0], down: [0, 1] };

/** Nearer and farther make no sense. */
const [leastZoom, mostZoom] = [0.1, 40];

/** Moved on the screen, CSS pixels. */
export function panned(placement: Placement, [x, y]: CanvasPoint): Placement {
  return { ...placement, pan: [placement.pan[0] + x, placement.pan[1] + y] };
}

/** Nearer by a factor; what lies in the middle of the view stays there. */
export function zoomed(placement: Placement, factor: number): Placement {
  const zoom = Math.min(mostZoom, Math.max(leastZoom, placement.zoom * factor));
  const by = zoom / placement.zoom;
  return { ...placement, zoom, pan: [placement.pan[0] * by, placement.pan[1] * by] };
}

/** Turned clockwise on the screen by quarters, about the middle of the view. */
export function turnedBy(placement: Placement, quarters: number): Placement {
  let turned = placement;
  for (let quarter = 0; quarter < ((quarters % 4) + 4) % 4; quarter += 1) {
    turned = onScreen(turned, ([x, y]) => [0 - y, x]);
  }
  return turned;
}

/** Mirrored on the screen, whichever way it is turned. */
export function flipped(placement: Placement, axis: "horizontal" | "vertical"): Placement {
  return onScreen(placement, ([x, y]) => (axis === "horizontal" ? [0 - x, y] : [x, 0 - y]));
}

function onScreen(placement: Placement, move: (point: CanvasPoint) => CanvasPoint): Placement {
  const { pan, right, down } = placement;
  return { ...placement, pan: move(pan), right: move(right), down: move(down) };
}

import { Enums, RenderingEngine, type Types, type VolumeViewport3D } from "@cornerstonejs/core";
import type { Lps } from "../picture/plane.ts";
import { startCornerstone } from "./cornerstone-pictures.ts";
import type { CanvasPoint, View, ViewState } from "./view.ts";

let engine: RenderingEngine | undefined;
let count = 0;

/** The one engine of this page, and a name that no other view has. */
export function openRendering(): { readonly engine: RenderingEngine; readonly viewportId: string } {
  startCornerstone();
  engine ??= new RenderingEngine("etalon");
  count += 1;
  return { engine, viewportId: `view-${count}` };
}

/** What views of both kinds share. */
type AnyViewport = Types.IStackViewport | Types.IVolumeViewport | VolumeViewport3D;

/** The part of a view that is the same for stacks and volumes. */
export function viewOf(
  viewport: AnyViewport,
  {
    engine: of,
    viewportId,
    onDrawn,
  }: { readonly engine: RenderingEngine; readonly viewportId: string; readonly onDrawn: () => void },
): View {
  const { element } = viewport;
  element.addEventListener(Enums.Events.IMAGE_RENDERED, onDrawn);
  return {
    state: () => (viewport.getActors().length === 0 ? undefined : stateOf(viewport)),
    setRange: (range) => {
      viewport.setProperties({ voiRange: { ...range } });
      viewport.render();
    },
    panBy: (x, y) => {
      const [fromX = 0, fromY = 0] = viewport.getPan() ?? [];
      viewport.setPan([fromX + x, fromY + y]);
      viewport.render();
    },
    zoomBy: (factor) => {
      viewport.setZoom(Math.min(40, Math.max(0.1, (viewport.getZoom() ?? 1) * factor)));
      viewport.render();
    },
    fit: () => {
      viewport.resetCamera();
      viewport.render();
    },
    resize: () => of.resize(true, true),
    destroy: () => {
      element.removeEventListener(Enums.Events.IMAGE_RENDERED, onDrawn);
      of.disableElement(viewportId);
    },
  };
}

function stateOf(viewport: AnyViewport): ViewState {
  const { element } = viewport;
  const toLps = (point: CanvasPoint): Lps => lps(viewport.canvasToWorld([point[0], point[1]]));
  const origin = toLps([0, 0]);
  return {
    range: viewport.getProperties()?.voiRange,
    zoom: viewport.getZoom() ?? 1,
    right: direction(origin, toLps([100, 0])),
    down: direction(origin, toLps([0, 100])),
    widthPx: element.clientWidth,
    heightPx: element.clientHeight,
    toCanvas: (point) => {
      const [x, y] = viewport.worldToCanvas([point[0], point[1], point[2]]);
      return [x, y];
    },
    toLps,
  };
}

function lps(point: Types.Point3): Lps {
  return [point[0], point[1], point[2]];
}

function direction(from: Lps, to: Lps): Lps {
  const way: Lps = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const length = Math.hypot(...way) || 1;
  return [way[0] / length, way[1] / length, way[2] / length];
}

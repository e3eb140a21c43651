import { Enums, RenderingEngine, VolumeViewport3D } from "@cornerstonejs/core";
import type { Lps } from "../../picture/plane.ts";
import { startCornerstone } from "./cornerstone-pictures.ts";
import { turned } from "./turned.ts";

let engine: RenderingEngine | undefined;
let count = 0;

/** How a volume is seen through: Cornerstone's names of its transfer functions, HU. */
export const volumeLooks = [
  "CT-Cardiac3",
  "CT-Coronary-Arteries-3",
  "CT-Bone",
  "CT-Lung",
  "CT-MIP",
  "MR-Default",
] as const;

/** One of {@link volumeLooks}. */
export type VolumeLook = (typeof volumeLooks)[number];

/** A view of a whole volume from outside. */
export interface RenderedVolume {
  readonly setLook: (look: VolumeLook) => void;
  readonly panBy: (x: number, y: number) => void;
  readonly zoomBy: (factor: number) => void;
  readonly resize: () => void;
  readonly destroy: () => void;
  /** Turns the volume as if the pointer held it, degrees to the right and down. */
  readonly turn: (rightDeg: number, downDeg: number) => void;
}

/** Renders an open volume in an element, seen from the front. */
export async function openRenderedVolume(
  element: HTMLDivElement,
  options: { readonly volumeId: string; readonly look: VolumeLook; readonly onDrawn: () => void },
): Promise<RenderedVolume> {
  startCornerstone();
  engine ??= new RenderingEngine("etalon");
  const of = engine;
  count += 1;
  const viewportId = `view-${count}`;
  const defaultOptions = { orientation: Enums.OrientationAxis.CORONAL };
  of.enableElement({ viewportId, element, type: Enums.ViewportType.VOLUME_3D, defaultOptions });
  const viewport = of.getViewport(viewportId);
  if (!(viewport instanceof VolumeViewport3D)) throw new Error("the viewer renders no volume");
  element.addEventListener(Enums.Events.IMAGE_RENDERED, options.onDrawn);
  await viewport.setVolumes([{ volumeId: options.volumeId }]);
  const setLook = (look: VolumeLook): void => {
    viewport.setProperties({ preset: look });
    viewport.render();
  };
  setLook(options.look);
  return {
    setLook,
    panBy: (x, y) => {
      const [fromX = 0, fromY = 0] = viewport.getPan() ?? [];
      viewport.setPan([fromX + x, fromY + y]);
      viewport.render();
    },
    zoomBy: (factor) => {
      viewport.setZoom(Math.min(40, Math.max(0.1, (viewport.getZoom() ?? 1) * factor)));
      viewport.render();
    },
    resize: () => of.resize(true, true),
    destroy: () => {
      element.removeEventListener(Enums.Events.IMAGE_RENDERED, options.onDrawn);
      of.disableElement(viewportId);
    },
    turn: (rightDeg, downDeg) => {
      const { focalPoint = [0, 0, 0], position = [0, 0, 0], viewUp = [0, 0, 1] } = viewport.getCamera();
      const [fx, fy, fz] = focalPoint;
      const away: Lps = [position[0] - fx, position[1] - fy, position[2] - fz];
      const next = turned({ away, up: [viewUp[0], viewUp[1], viewUp[2]] }, { rightDeg, downDeg });
      const [x, y, z] = next.away;
      viewport.setCamera({ position: [fx + x, fy + y, fz + z], viewUp: [...next.up] });
      viewport.render();
    },
  };
}

import { Enums, VolumeViewport3D } from "@cornerstonejs/core";
import type { Lps } from "../picture/plane.ts";
import { openRendering, viewOf } from "./rendering.ts";
import { turned } from "./turned.ts";
import type { View } from "./view.ts";

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
export interface RenderedVolume extends Omit<View, "setRange"> {
  readonly setLook: (look: VolumeLook) => void;
  /** Turns the volume as if the pointer held it, degrees to the right and down. */
  readonly turn: (rightDeg: number, downDeg: number) => void;
}

/** Renders an open volume in an element, seen from the front. */
export async function openRenderedVolume(
  element: HTMLDivElement,
  options: { readonly volumeId: string; readonly look: VolumeLook; readonly onDrawn: () => void },
): Promise<RenderedVolume> {
  const { engine, viewportId } = openRendering();
  const defaultOptions = { orientation: Enums.OrientationAxis.CORONAL };
  engine.enableElement({ viewportId, element, type: Enums.ViewportType.VOLUME_3D, defaultOptions });
  const viewport = engine.getViewport(viewportId);
  if (!(viewport instanceof VolumeViewport3D)) throw new Error("the viewer renders no volume");
  const { setRange: _, ...view } = viewOf(viewport, { engine, viewportId, onDrawn: options.onDrawn });
  await viewport.setVolumes([{ volumeId: options.volumeId }]);
  const setLook = (look: VolumeLook): void => {
    viewport.setProperties({ preset: look });
    viewport.render();
  };
  setLook(options.look);
  return {
    ...view,
    setLook,
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

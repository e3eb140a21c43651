import { Enums, VolumeViewport } from "@cornerstonejs/core";
import { dot, type Lps } from "../picture/plane.ts";
import { openRendering, viewOf } from "./rendering.ts";
import type { ValueRange, View } from "./view.ts";

/** The planes of the patient. */
export type PlaneName = "axial" | "coronal" | "sagittal";

/** What a thick plane shows of the values behind each point. */
export type SlabMode = "mip" | "minip" | "mean";

/** A view of one plane through a volume. */
export interface PlaneView extends View {
  /** Moves the plane so that it goes through a point. */
  readonly goThrough: (lpsMm: Lps) => void;
  /** The direction out of the screen, towards the reader. */
  readonly normal: () => Lps;
  readonly setSlab: (mode: SlabMode, thicknessMm: number) => void;
}

const blendModes = {
  mip: Enums.BlendModes.MAXIMUM_INTENSITY_BLEND,
  minip: Enums.BlendModes.MINIMUM_INTENSITY_BLEND,
  mean: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
} as const;

const orientations = {
  axial: Enums.OrientationAxis.AXIAL,
  coronal: Enums.OrientationAxis.CORONAL,
  sagittal: Enums.OrientationAxis.SAGITTAL,
} as const;

/** Thinner than this a plane shows what lies in it alone, mm. */
const thinMm = 0.1;

/** Shows a plane of an open volume in an element. */
export async function openPlaneView(
  element: HTMLDivElement,
  options: {
    readonly volumeId: string;
    readonly plane: PlaneName;
    readonly range: ValueRange | undefined;
    readonly onDrawn: () => void;
  },
): Promise<PlaneView> {
  const { engine, viewportId } = openRendering();
  const defaultOptions = { orientation: orientations[options.plane] };
  engine.enableElement({ viewportId, element, type: Enums.ViewportType.ORTHOGRAPHIC, defaultOptions });
  const viewport = engine.getViewport(viewportId);
  if (!(viewport instanceof VolumeViewport)) throw new Error("the viewer has no volume");
  const view = viewOf(viewport, { engine, viewportId, onDrawn: options.onDrawn });
  await viewport.setVolumes([{ volumeId: options.volumeId }]);
  if (options.range !== undefined) viewport.setProperties({ voiRange: { ...options.range } });
  viewport.render();
  const normal = (): Lps => {
    const { viewPlaneNormal: [x, y, z] = [0, 0, 1] } = viewport.getCamera();
    return [x, y, z];
  };
  return {
    ...view,
    normal,
    goThrough: (lpsMm) => {
      const { focalPoint = [0, 0, 0], position = [0, 0, 0] } = viewport.getCamera();
      const out = normal();
      const [fx, fy, fz] = focalPoint;
      const way = dot([lpsMm[0] - fx, lpsMm[1] - fy, lpsMm[2] - fz], out);
      viewport.setCamera({
        focalPoint: [fx + way * out[0], fy + way * out[1], fz + way * out[2]],
        position: [position[0] + way * out[0], position[1] + way * out[1], position[2] + way * out[2]],
      });
      viewport.render();
    },
    setSlab: (mode, thicknessMm) => {
      viewport.setBlendMode(blendModes[mode]);
      viewport.setSlabThickness(Math.max(thinMm, thicknessMm));
      viewport.render();
    },
  };
}

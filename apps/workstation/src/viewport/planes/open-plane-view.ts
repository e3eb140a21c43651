import { picturePixels } from "../../picture/picture-pixels.ts";
import { dot, type Lps } from "../../picture/plane.ts";
import { windowOfRange } from "../../reading/window-presets.ts";
import { openSurface } from "../drawing-surface.ts";
import type { Size } from "../placed-state.ts";
import { type Placement, panned, wholePlacement, zoomed } from "../placement.ts";
import type { ValueRange, View, ViewState } from "../view.ts";
import {
  canvasPoint,
  gridOfSight,
  moved,
  outOf,
  type PlaneFrame,
  type PlaneName,
  type PlaneSight,
  planeFrames,
  pointAt,
} from "./plane-frame.ts";
import { reslicePlane, type Slab, slabOffsets } from "./reslice-plane.ts";
import { extentMm, middleOf, type SliceVolume, stepMm } from "./slice-volume.ts";

/** A view of one plane through a volume. */
export interface PlaneView extends View {
  /** Moves the plane so that it goes through a point. */
  readonly goThrough: (lpsMm: Lps) => void;
  /** The direction out of the screen, towards the reader. */
  readonly normal: () => Lps;
  readonly setSlab: (slab: Slab) => void;
  /** Turns the plane about the point that it goes through. */
  readonly setFrame: (frame: PlaneFrame) => void;
}

/** What a plane is opened with. */
export interface PlaneOptions {
  readonly volume: SliceVolume;
  /** The plane of the patient that the volume is fitted in. */
  readonly plane: PlaneName;
  readonly frame: PlaneFrame;
  /** A point that the plane goes through, patient LPS, mm. */
  readonly point: Lps;
  readonly slab: Slab;
  readonly range: ValueRange;
  /** Told what the view shows after each drawing, before that is on the screen. */
  readonly onDrawn: (state: ViewState) => void;
}

/** Samples of one drawing while something moves, and once it rests: a thick plane on a large screen is drawn coarsely first. */
const [samplesMoving, samplesAtRest] = [1e6, 8e6];

/** Milliseconds without another drawing after which a plane rests. */
const restMs = 150;

/** What a plane shows, and how. */
type Sight = Omit<PlaneOptions, "onDrawn"> & { readonly placement: Placement };

/** Opens a plane of a volume in an element: the volume whole in its middle. */
export function openPlaneView(element: HTMLElement, { onDrawn, ...first }: PlaneOptions): PlaneView {
  let sight: Sight = { ...first, placement: wholePlacement };
  let state: ViewState | undefined;
  let samples = samplesMoving;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const painted = paintedPlane();
  const surface = openSurface(element, {
    draw: (size) => {
      const { drawing, isCoarse, state: next } = painted(sight, size, samples);
      state = next;
      clearTimeout(rest);
      if (isCoarse && samples === samplesMoving) rest = setTimeout(() => draw(samplesAtRest), restMs);
      return drawing;
    },
    onDrawn: () => {
      if (state !== undefined) onDrawn(state);
    },
  });
  const draw = (most: number): void => {
    samples = most;
    surface.request();
  };
  const change = (part: Partial<Sight>): void => {
    sight = { ...sight, ...part };
    draw(samplesMoving);
  };
  draw(samplesMoving);
  return {
    state: () => state,
    normal: () => outOf(sight.frame),
    setRange: (range) => change({ range }),
    panBy: (x, y) => change({ placement: panned(sight.placement, [x, y]) }),
    zoomBy: (factor) => change({ placement: zoomed(sight.placement, factor) }),
    fit: () => change({ placement: wholePlacement }),
    goThrough: (point) => change({ point }),
    setSlab: (slab) => change({ slab }),
    setFrame: (frame) => change({ frame }),
    destroy: () => {
      clearTimeout(rest);
      surface.destroy();
    },
  };
}

/** Draws a plane with no more than so many samples, each time in the same memory. */
function paintedPlane() {
  let memory: Uint8ClampedArray<ArrayBuffer> | undefined;
  return (sight: Sight, size: Size, samples: number) => {
    const { volume, slab, range, placement } = sight;
    const seen = planeSight(sight, size);
    const layers = slabOffsets(slab.thicknessMm, stepMm(volume, outOf(seen.frame))).length;
    const finest = 1 / (devicePixelRatio || 1);
    const pxPerPoint = Math.max(finest, Math.sqrt((size.widthPx * size.heightPx * layers) / samples));
    const { grid, matrix } = gridOfSight(seen, pxPerPoint);
    const { width, height } = grid;
    const values = reslicePlane(volume, grid, slab);
    const decoded = { values, rows: height, columns: width, samplesPerPixel: 1, min: 0, max: 0 } as const;
    memory = picturePixels(decoded, { window: windowOfRange(range), isInverted: false, width, height }, memory);
    return {
      drawing: { image: new ImageData(memory, width, height), stamp: {}, matrix },
      isCoarse: pxPerPoint > finest,
      state: stateOf(seen, { zoom: placement.zoom, range }),
    };
  };
}

/** Where a plane through a point lies in its view: the middle of the volume is in the middle, but for what it was moved. */
function planeSight({ volume, plane, frame, point, placement }: Sight, size: Size): PlaneSight {
  const middle = middleOf(volume);
  // A plane that is turned keeps its scale.
  const { right, down } = planeFrames[plane];
  const fit = Math.min(size.widthPx / extentMm(volume, right), size.heightPx / extentMm(volume, down));
  const pxPerMm = fit * placement.zoom;
  const normal = outOf(frame);
  const way: Lps = [point[0] - middle[0], point[1] - middle[1], point[2] - middle[2]];
  const within = moved(middle, normal, dot(way, normal));
  const [x, y] = placement.pan;
  const seen = moved(moved(within, frame.right, -x / pxPerMm), frame.down, -y / pxPerMm);
  return { frame, pxPerMm, size, middle: seen };
}

function stateOf(sight: PlaneSight, { zoom, range }: { readonly zoom: number; readonly range: ValueRange }): ViewState {
  const { right, down } = sight.frame;
  return {
    ...sight.size,
    ...{ range, zoom, right, down },
    toCanvas: (lpsMm) => canvasPoint(sight, lpsMm),
    toLps: (point) => pointAt(sight, point),
  };
}

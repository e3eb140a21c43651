import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type PixelPoint, pixelOfLps } from "../../picture/plane.ts";
import type { PaneParts } from "../../reading/pane/pane-parts.ts";
import type { CanvasPoint } from "../../viewport/view.ts";
import { useReading } from "../reading-context.ts";
import { assignLesion, excludedCandidates, excludedLabel } from "./assign-lesion.ts";
import { isMeasured } from "./is-measured.ts";
import { candidateAt, type LesionMap, sliceAt } from "./lesion-map.ts";
import type { Stroke } from "./paint-lesions.ts";
import { beginStroke, type StrokeInProgress } from "./stroke-in-progress.ts";

/** How near to a lesion a click must be, CSS pixels. */
const reachPx = 5;
/** A drag shorter than this is a click, CSS pixels. */
const clickPx = 4;

/** What the pointer does with the lesions of a pane. */
export interface LesionPointer {
  /** What is being painted, CSS pixels. */
  readonly stroke: { readonly points: readonly CanvasPoint[]; readonly radiusPx: number } | undefined;
  /** Whether the pointer begins to paint. */
  readonly begin: (at: CanvasPoint) => boolean;
  /** The pointer went down where nothing else takes it: let go at the same place, it is a click on what lies there. */
  readonly press: (at: CanvasPoint) => void;
  readonly move: (at: CanvasPoint) => void;
  readonly end: (at: CanvasPoint) => void;
}

/** One click gives a lesion to the current artery, a second click gives it back; brush and eraser paint. */
export function useLesionPointer(parts: PaneParts): LesionPointer {
  const reading = useReading();
  const [points, setPoints] = useState<readonly CanvasPoint[]>();
  const pressed = useRef<CanvasPoint>(undefined);
  const painting = usePainting();
  const place = placeOf(parts, reading);
  const strokeOf = (path: readonly CanvasPoint[]): Stroke | undefined => {
    if (reading === undefined || place === undefined) return undefined;
    const { tool, artery, radiusMm } = reading.lesions;
    const label = tool === "eraser" || artery === excludedLabel ? undefined : artery;
    return { slice: place.slice, path: path.map(place.pixelAt), radiusPx: radiusMm / place.spacingMm, label };
  };
  const paintSoFar = useEffectEvent(() => {
    const stroke = strokeOf(points ?? []);
    if (stroke !== undefined) painting.soFar(stroke);
  });
  const { isReady } = painting;
  useEffect(() => {
    if (points !== undefined && isReady) paintSoFar();
  }, [points, isReady]);
  if (reading === undefined || place === undefined || reading.lesions.tool === "off") return idle;
  const { map, slice, mmPerPx, spacingMm, pixelAt } = place;
  const { lesions, draft, edit } = reading;
  const click = (at: CanvasPoint): void => {
    const regions = draft.regions ?? [];
    const reach = (reachPx * mmPerPx) / spacingMm;
    const candidate = candidateAt(map, { slice, point: pixelAt(at), reachPx: reach });
    if (candidate === undefined) return;
    const isExcluded = excludedCandidates(regions, map).has(candidate);
    const now = isExcluded ? excludedLabel : map.candidates[candidate]?.site;
    lesions.select(candidate);
    const label = now === lesions.artery ? undefined : lesions.artery;
    edit({ regions: assignLesion(regions, map, { candidate, label }) });
  };
  return {
    stroke: points === undefined ? undefined : { points, radiusPx: lesions.radiusMm / mmPerPx },
    begin: (at) => {
      if (lesions.tool === "assign") return false;
      painting.begin();
      setPoints([at]);
      return true;
    },
    press: (at) => {
      pressed.current = at;
    },
    move: (at) => {
      if (points !== undefined) setPoints([...points, at]);
    },
    end: (at) => {
      const from = pressed.current;
      pressed.current = undefined;
      if (from !== undefined && Math.hypot(at[0] - from[0], at[1] - from[1]) < clickPx) click(at);
      if (points === undefined) return;
      setPoints(undefined);
      const stroke = strokeOf([...points, at]);
      if (stroke !== undefined) painting.end(stroke);
    },
  };
}

interface Place {
  readonly map: LesionMap;
  readonly slice: number;
  readonly mmPerPx: number;
  readonly spacingMm: number;
  readonly pixelAt: (at: CanvasPoint) => PixelPoint;
}

function placeOf({ picture, drawn }: PaneParts, reading: ReturnType<typeof useReading>): Place | undefined {
  const map = reading?.map;
  if (reading === undefined || map === undefined || picture === undefined || drawn === undefined) return undefined;
  if (!isMeasured(picture, reading)) return undefined;
  const slice = sliceAt(map.located, picture.plane.originLpsMm);
  if (slice === undefined) return undefined;
  const [origin, beside] = [drawn.toLps([0, 0]), drawn.toLps([1, 0])];
  return {
    map,
    slice,
    mmPerPx: Math.hypot(beside[0] - origin[0], beside[1] - origin[1], beside[2] - origin[2]),
    spacingMm: picture.plane.spacingMm[1],
    pixelAt: (at) => pixelOfLps(picture.plane, drawn.toLps(at)),
  };
}

interface Painting {
  /** Whether the score is that of what stands: the next part of a stroke can be measured. */
  readonly isReady: boolean;
  readonly begin: () => void;
  /** What the stroke has painted up to here is scored while it is drawn. */
  readonly soFar: (stroke: Stroke) => void;
  readonly end: (stroke: Stroke) => void;
}

/** Applies strokes one after the other, each to the lesions as the one before has left them. */
function usePainting(): Painting {
  const reading = useReading();
  const [waiting, setWaiting] = useState<readonly Stroke[]>([]);
  const drawing = useRef<StrokeInProgress>(undefined);
  const isReady = reading?.run.isCurrent === true;
  const begin = (): void => {
    const map = reading?.map;
    drawing.current =
      map === undefined ? undefined : beginStroke(reading?.draft.regions ?? [], map, `stroke ${performance.now()}`);
  };
  const apply = (stroke: Stroke): void => {
    const regions = drawing.current?.paint(stroke);
    if (regions !== undefined) reading?.edit({ regions }, drawing.current?.field);
  };
  const applyFirst = useEffectEvent(() => {
    const [first, ...others] = waiting;
    if (first === undefined) return;
    setWaiting(others);
    begin();
    apply(first);
    drawing.current = undefined;
  });
  useEffect(() => {
    if (isReady && waiting.length > 0 && drawing.current === undefined) applyFirst();
  }, [isReady, waiting]);
  return {
    isReady,
    begin: () => {
      // One that begins before the last is measured waits until it is drawn.
      if (isReady && waiting.length === 0) begin();
    },
    soFar: apply,
    end: (stroke) => {
      if (drawing.current === undefined) setWaiting((before) => [...before, stroke]);
      else apply(stroke);
      drawing.current = undefined;
    },
  };
}

const idle: LesionPointer = { stroke: undefined, begin: () => false, press: () => {}, move: () => {}, end: () => {} };

import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import type { Mark } from "../../marks/mark.ts";
import { type LesionPointer, useLesionPointer } from "../../panel/calcium/use-lesion-pointer.ts";
import { type ContourPointer, useContourPointer } from "../../panel/contours/use-contour-pointer.ts";
import type { CanvasPoint } from "../../viewport/view.ts";
import { useRoomContext } from "../room-context.ts";
import type { PaneParts } from "./pane-parts.ts";
import { useMarkDrawing } from "./use-mark-drawing.ts";
import { useViewDrag } from "./use-view-drag.ts";

/** What the pointer does on a pane. */
export interface PointerTools {
  readonly surface: RefObject<HTMLDivElement | null>;
  /** A mark that is being drawn or moved. */
  readonly draft: Mark | undefined;
  /** What is being painted on lesions. */
  readonly stroke: LesionPointer["stroke"];
  /** A contour that is being drawn, CSS pixels. */
  readonly contour: ContourPointer["path"];
}

/** Left: the chosen tool; right: zoom; middle, and left with Shift: pan; wheel: images. */
export function usePointerTools(parts: PaneParts): PointerTools {
  const surface = useRef<HTMLDivElement>(null);
  const { store } = useRoomContext();
  const drawing = useMarkDrawing(parts);
  const moving = useViewDrag(parts);
  const lesions = useLesionPointer(parts);
  const contours = useContourPointer(parts);
  const down = useEffectEvent((event: PointerEvent) => {
    if (parts.view === undefined) return;
    event.preventDefault();
    surface.current?.setPointerCapture(event.pointerId);
    const tool = event.button === 2 ? "zoom" : event.button === 1 || event.shiftKey ? "pan" : store.now().tool;
    const isLeft = event.button === 0 && !event.shiftKey;
    if (isLeft && (lesions.begin(pointOf(event)) || contours.begin(pointOf(event)))) return;
    if (drawing.begin(pointOf(event), { tool, isLeft })) return;
    if (isLeft) lesions.press(pointOf(event));
    moving.begin(pointOf(event), tool);
  });
  const move = useEffectEvent((event: PointerEvent) => {
    lesions.move(pointOf(event));
    contours.move(pointOf(event));
    drawing.move(pointOf(event));
    moving.move(pointOf(event));
  });
  const up = useEffectEvent((event: PointerEvent) => {
    lesions.end(pointOf(event));
    contours.end(pointOf(event));
    drawing.end(pointOf(event));
    moving.end();
  });
  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    moving.wheel(event);
  });
  useSurface(surface, { down, move, up, wheel });
  return { surface, draft: drawing.draft, stroke: lesions.stroke, contour: contours.path };
}

interface Listeners {
  readonly down: (event: PointerEvent) => void;
  readonly move: (event: PointerEvent) => void;
  readonly up: (event: PointerEvent) => void;
  readonly wheel: (event: WheelEvent) => void;
}

/** Listens by hand: React's wheel listeners cannot keep the page from scrolling. */
function useSurface(surface: RefObject<HTMLDivElement | null>, { down, move, up, wheel }: Listeners): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the listeners are effect events.
  useEffect(() => {
    const { current } = surface;
    if (current === null) return;
    const ending = new AbortController();
    const { signal } = ending;
    current.addEventListener("pointerdown", (event) => down(event), { signal });
    current.addEventListener("pointermove", (event) => move(event), { signal });
    current.addEventListener("pointerup", (event) => up(event), { signal });
    current.addEventListener("wheel", (event) => wheel(event), { signal, passive: false });
    current.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    return () => ending.abort();
  }, [surface]);
}

function pointOf({ currentTarget, clientX, clientY }: PointerEvent): CanvasPoint {
  if (!(currentTarget instanceof Element)) return [clientX, clientY];
  const { left, top } = currentTarget.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

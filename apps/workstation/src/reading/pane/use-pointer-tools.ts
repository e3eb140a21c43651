import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { type Mark, type MarkKind, markKinds } from "../../marks/mark.ts";
import type { Picture } from "../../picture/picture.ts";
import { lpsOfPixel, type PixelPoint, pixelOfLps } from "../../picture/plane.ts";
import type { CanvasPoint, StackView, ViewState } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";
import { useRoomContext } from "../room-context.ts";
import { inStack, type Tool } from "../room-state.ts";
import { draggedRange } from "./dragged-range.ts";
import { type Grab, grabbed } from "./grabbed.ts";

/** CSS pixels of a drag that is one image. */
const pxPerImage = 8;
/** A drag of so many CSS pixels makes a picture twice as large. */
const pxPerDoubling = 150;
/** A drag shorter than this is a click, CSS pixels. */
const clickPx = 4;

interface PaneParts {
  readonly cell: number;
  readonly stack: PictureStack | undefined;
  readonly picture: Picture | undefined;
  readonly view: StackView | undefined;
  readonly drawn: ViewState | undefined;
}

/** What the pointer does on a pane. */
export interface PointerTools {
  readonly surface: RefObject<HTMLDivElement | null>;
  /** A mark that is being drawn or moved. */
  readonly draft: Mark | undefined;
}

type Drag =
  | { readonly kind: "view"; readonly tool: Tool; readonly last: CanvasPoint; readonly rest: number }
  | { readonly kind: "mark"; readonly grab: Grab; readonly from: CanvasPoint };

/** Left: the chosen tool; right: zoom; middle, and left with Shift: pan; wheel: images. */
export function usePointerTools(parts: PaneParts): PointerTools {
  const surface = useRef<HTMLDivElement>(null);
  const room = useRoomContext();
  const [drag, setDrag] = useState<Drag>();
  const [draft, setDraft] = useState<Mark>();
  const wheelRest = useRef(0);
  const { picture, drawn, stack, view, cell } = parts;
  const { state, dispatch, marks } = room;

  const scrollBy = (images: number): void => {
    const index = state.cells[cell]?.index ?? 0;
    if (stack !== undefined && images !== 0) dispatch({ kind: "index", cell, index: inStack(stack, index + images) });
  };
  const pixelAt = (point: CanvasPoint): PixelPoint =>
    picture === undefined || drawn === undefined ? [0, 0] : pixelOfLps(picture.plane, drawn.toLps(point));

  const down = useEffectEvent((event: PointerEvent) => {
    if (view === undefined || drawn === undefined || picture === undefined) return;
    event.preventDefault();
    surface.current?.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    const tool = event.button === 2 ? "zoom" : event.button === 1 || event.shiftKey ? "pan" : state.tool;
    const shown = marks.log.marks.filter(({ pictureId }) => pictureId === picture.id);
    const toCanvas = (point: PixelPoint): CanvasPoint => drawn.toCanvas(lpsOfPixel(picture.plane, point));
    const pending = draft?.kind === "angle" && draft.points.length === 3 ? draft : undefined;
    const taken = event.button === 0 && !event.shiftKey ? grabbed(shown, at, toCanvas) : undefined;
    if (pending !== undefined) setDrag({ kind: "mark", grab: { mark: pending, point: 2, isNew: true }, from: at });
    else if (taken !== undefined) {
      marks.select(taken.mark.id);
      setDrag({ kind: "mark", grab: taken, from: at });
    } else if (isMarkKind(tool)) {
      const pixel = pixelAt(at);
      const mark = {
        id: crypto.randomUUID(),
        kind: tool,
        pictureId: picture.id,
        seriesInstanceUid: picture.header.seriesInstanceUid,
        points: [pixel, pixel],
      };
      setDraft(mark);
      setDrag({ kind: "mark", grab: { mark, point: 1, isNew: true }, from: at });
    } else setDrag({ kind: "view", tool, last: at, rest: 0 });
  });

  const move = useEffectEvent((event: PointerEvent) => {
    const at = pointOf(event);
    if (drag === undefined) {
      if (draft?.kind === "angle" && draft.points.length === 3) setDraft(withPoint(draft, 2, pixelAt(at)));
      return;
    }
    if (drag.kind === "mark") {
      setDraft(withPoint(draft ?? drag.grab.mark, drag.grab.point, pixelAt(at)));
      return;
    }
    const [x, y] = [at[0] - drag.last[0], at[1] - drag.last[1]];
    let { rest } = drag;
    if (drag.tool === "pan") view?.panBy(x, y);
    else if (drag.tool === "zoom") view?.zoomBy(2 ** (-y / pxPerDoubling));
    else if (drag.tool === "scroll") {
      const images = Math.trunc((rest + y) / pxPerImage);
      rest += y - images * pxPerImage;
      scrollBy(images);
    } else if (drawn?.range !== undefined) view?.setRange(draggedRange(drawn.range, x, y));
    setDrag({ ...drag, last: at, rest });
  });

  const up = useEffectEvent((event: PointerEvent) => {
    setDrag(undefined);
    if (drag?.kind !== "mark") return;
    const at = pointOf(event);
    const { grab } = drag;
    const isClick = Math.hypot(at[0] - drag.from[0], at[1] - drag.from[1]) < clickPx;
    const after = withPoint(draft ?? grab.mark, grab.point, pixelAt(at));
    if (grab.isNew && grab.point === 1 && grab.mark.kind === "angle" && !isClick) {
      // The first leg is drawn; the second follows the pointer until the next click.
      setDraft({ ...after, points: [...after.points, pixelAt(at)] });
      return;
    }
    setDraft(undefined);
    if (grab.isNew && (!isClick || grab.point === 2)) {
      marks.run({ kind: "add", mark: after });
      marks.select(after.id);
    } else if (!grab.isNew && !isClick) marks.run({ kind: "change", before: grab.mark, after });
  });

  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    // Touchpads send many small steps.
    wheelRest.current += event.deltaMode === 0 ? event.deltaY / 40 : event.deltaY;
    const images = Math.abs(event.deltaY) >= 100 ? Math.sign(event.deltaY) : Math.trunc(wheelRest.current);
    if (images === 0) return;
    wheelRest.current = 0;
    scrollBy(images);
  });

  useSurface(surface, { down, move, up, wheel });
  return { surface, draft };
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

function withPoint(mark: Mark, at: number, point: PixelPoint): Mark {
  return { ...mark, points: mark.points.map((one, index) => (index === at ? point : one)) };
}

function isMarkKind(tool: Tool): tool is MarkKind {
  return markKinds.some((kind) => kind === tool);
}

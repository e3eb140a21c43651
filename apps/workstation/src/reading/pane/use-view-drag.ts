import { useRef } from "react";
import type { CanvasPoint } from "../../viewport/view.ts";
import { useRoomContext } from "../room-context.ts";
import type { Tool } from "../room-state.ts";
import { scrolledBy } from "../stack-place.ts";
import { draggedRange } from "./dragged-range.ts";
import type { PaneParts } from "./pane-parts.ts";

/** CSS pixels of a drag that is one image. */
const pxPerImage = 8;
/** A drag of so many CSS pixels makes a picture twice as large. */
const pxPerDoubling = 150;
/** Touchpads send many small steps: so many pixels are one image. */
const pxPerWheelImage = 40;

/** A drag that changes how the picture is shown. */
export interface ViewDrag {
  readonly begin: (at: CanvasPoint, tool: Tool) => void;
  readonly move: (at: CanvasPoint) => void;
  readonly end: () => void;
  readonly wheel: (event: Pick<WheelEvent, "deltaY">) => void;
}

/** Window, zoom, pan and images by dragging, images by the wheel. */
export function useViewDrag({ cell, stack, view, drawn }: PaneParts): ViewDrag {
  const { store, goTo } = useRoomContext();
  const drag = useRef<{ readonly tool: Tool; last: CanvasPoint; rest: number }>(undefined);
  const wheelRest = useRef(0);
  const scrollBy = (images: number): void => {
    const index = store.now().cells[cell]?.index ?? 0;
    if (stack !== undefined && images !== 0) goTo(cell, scrolledBy(stack, index, images));
  };
  return {
    begin: (at, tool) => {
      drag.current = { tool, last: at, rest: 0 };
    },
    move: (at) => {
      const { current } = drag;
      if (current === undefined) return;
      const [x, y] = [at[0] - current.last[0], at[1] - current.last[1]];
      current.last = at;
      if (current.tool === "pan") view?.panBy(x, y);
      else if (current.tool === "zoom") view?.zoomBy(2 ** (-y / pxPerDoubling));
      else if (current.tool === "scroll") {
        const images = Math.trunc((current.rest + y) / pxPerImage);
        current.rest += y - images * pxPerImage;
        scrollBy(images);
      } else if (drawn?.range !== undefined) view?.setRange(draggedRange(drawn.range, x, y));
    },
    end: () => {
      drag.current = undefined;
    },
    wheel: ({ deltaY }) => {
      wheelRest.current += deltaY / pxPerWheelImage;
      const images = Math.abs(deltaY) >= 100 ? Math.sign(deltaY) : Math.trunc(wheelRest.current);
      if (images === 0) return;
      wheelRest.current = 0;
      scrollBy(images);
    },
  };
}

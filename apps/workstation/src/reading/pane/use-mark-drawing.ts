import { useState } from "react";
import { type Mark, type MarkKind, markKinds } from "../../marks/mark.ts";
import { lpsOfPixel, type PixelPoint, pixelOfLps } from "../../picture/plane.ts";
import type { CanvasPoint } from "../../viewport/view.ts";
import { useRoomContext } from "../room-context.ts";
import type { Tool } from "../room-state.ts";
import { type Grab, grabbed } from "./grabbed.ts";
import type { PaneParts } from "./pane-parts.ts";

/** A drag shorter than this is a click, CSS pixels. */
const clickPx = 4;

/** Drawing marks and moving their points. */
export interface MarkDrawing {
  /** What is drawn or moved, not yet in the log. */
  readonly draft: Mark | undefined;
  /** Whether the pointer takes hold of a point or begins a mark. */
  readonly begin: (at: CanvasPoint, how: { readonly tool: Tool; readonly isLeft: boolean }) => boolean;
  readonly move: (at: CanvasPoint) => void;
  readonly end: (at: CanvasPoint) => void;
}

/** Marks are drawn by dragging; the second leg of an angle follows the pointer until a click. */
export function useMarkDrawing({ picture, drawn }: PaneParts): MarkDrawing {
  const { marks } = useRoomContext();
  const [drag, setDrag] = useState<{ readonly grab: Grab; readonly from: CanvasPoint }>();
  const [draft, setDraft] = useState<Mark>();
  const pixelAt = (point: CanvasPoint): PixelPoint =>
    picture === undefined || drawn === undefined ? [0, 0] : pixelOfLps(picture.plane, drawn.toLps(point));
  const pending = drag === undefined && draft?.points.length === 3 ? draft : undefined;

  const take = (
    at: CanvasPoint,
    { tool, isLeft }: { readonly tool: Tool; readonly isLeft: boolean },
  ): Grab | undefined => {
    if (!isLeft || picture === undefined || drawn === undefined) return undefined;
    if (pending !== undefined) return { mark: pending, point: 2, isNew: true };
    const shown = marks.log.marks.filter(({ pictureId }) => pictureId === picture.id);
    const held = grabbed(shown, at, (point) => drawn.toCanvas(lpsOfPixel(picture.plane, point)));
    if (held !== undefined || !isMarkKind(tool)) return held;
    const { seriesInstanceUid } = picture.header;
    const points = [pixelAt(at), pixelAt(at)];
    const mark = { id: crypto.randomUUID(), kind: tool, pictureId: picture.id, seriesInstanceUid, points };
    return { mark, point: 1, isNew: true };
  };
  const finish = (grab: Grab, after: Mark, isClick: boolean): void => {
    setDraft(undefined);
    if (grab.isNew && (!isClick || grab.point === 2)) {
      marks.run({ kind: "add", mark: after });
      marks.select(after.id);
    } else if (!grab.isNew && !isClick) marks.run({ kind: "change", before: grab.mark, after });
  };

  return {
    draft,
    begin: (at, how) => {
      const grab = take(at, how);
      if (grab === undefined) return false;
      if (!grab.isNew) marks.select(grab.mark.id);
      setDraft(grab.mark);
      setDrag({ grab, from: at });
      return true;
    },
    move: (at) => {
      if (drag !== undefined) setDraft(withPoint(drag.grab.mark, drag.grab.point, pixelAt(at)));
      else if (pending !== undefined) setDraft(withPoint(pending, 2, pixelAt(at)));
    },
    end: (at) => {
      if (drag === undefined) return;
      setDrag(undefined);
      const { grab, from } = drag;
      const isClick = Math.hypot(at[0] - from[0], at[1] - from[1]) < clickPx;
      const after = withPoint(grab.mark, grab.point, pixelAt(at));
      const isFirstLeg = grab.isNew && grab.point === 1 && grab.mark.kind === "angle" && !isClick;
      if (isFirstLeg) setDraft({ ...after, points: [...after.points, pixelAt(at)] });
      else finish(grab, after, isClick);
    },
  };
}

function withPoint(mark: Mark, at: number, point: PixelPoint): Mark {
  return { ...mark, points: mark.points.map((one, index) => (index === at ? point : one)) };
}

function isMarkKind(tool: Tool): tool is MarkKind {
  return markKinds.some((kind) => kind === tool);
}

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { dot, type Lps, lpsOfPixel, normalOf } from "../../picture/plane.ts";
import { loadedPicture } from "../../viewport/picture-store.ts";
import type { PlaneView } from "../../viewport/planes/open-plane-view.ts";
import { type PlaneName, planeFrames } from "../../viewport/planes/plane-frame.ts";
import type { Slab } from "../../viewport/planes/reslice-plane.ts";
import { shownWindow } from "../../viewport/shown-window.ts";
import type { SliceOrder } from "../../viewport/slice-order.ts";
import type { StackView, ValueRange } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";
import { useRoomContext, useRoomState } from "../room-context.ts";
import { rangeOfWindow } from "../window-presets.ts";
import { type PlaneFrames, turnedAbout } from "./turned-planes.ts";

/** What the three planes share. */
export interface Planes {
  readonly shared: {
    /** Where they meet. */
    readonly point: Lps;
    readonly onPoint: (lpsMm: Lps) => void;
    readonly slab: Slab;
    readonly range: ValueRange;
    readonly onRange: (range: ValueRange) => void;
    readonly onView: (plane: PlaneName, view: PlaneView | undefined) => void;
    readonly frames: PlaneFrames;
    /** Turns the other two planes about the normal of one, clockwise on its screen. */
    readonly onTurn: (plane: PlaneName, degrees: number) => void;
  };
  readonly setSlab: (slab: Slab) => void;
}

/** The point where three planes meet, their window and their slab; the room's keys and presets work on all three. */
export function usePlanes(stack: PictureStack, order: SliceOrder | undefined): Planes {
  const { views } = useRoomContext();
  const active = useRoomState((state) => state.active);
  const index = useRoomState((state) => state.cells[state.active]?.index ?? 0);
  const [open] = useState(() => new Map<PlaneName, PlaneView>());
  const middle = order?.pictures[Math.floor(order.pictures.length / 2)];
  const center = useMemo((): Lps => {
    const { rows = 1, columns = 1 } = middle?.header ?? {};
    return middle === undefined ? [0, 0, 0] : lpsOfPixel(middle.plane, [(columns - 1) / 2, (rows - 1) / 2]);
  }, [middle]);
  const decoded = middle === undefined ? undefined : loadedPicture(middle);
  const own = rangeOfWindow(shownWindow({ window: middle?.window }, decoded ?? { samplesPerPixel: 1, min: 0, max: 1 }));
  const [point, setPoint] = useState(center);
  const [slab, setSlab] = useState<Slab>({ mode: "mip", thicknessMm: 0 });
  const [frames, setFrames] = useState<PlaneFrames>(planeFrames);
  const onTurn = useCallback(
    (plane: PlaneName, degrees: number) => setFrames((now) => turnedAbout(now, plane, degrees)),
    [],
  );
  // Until somebody chooses, the planes are drawn as their middle slice asks for: that may not be there yet.
  const [chosen, setRange] = useState(() => views.get(active)?.state()?.range);
  useSliceOfRoom(stack, index, setPoint);
  const onView = useCallback(
    (plane: PlaneName, view: PlaneView | undefined) => {
      if (view === undefined) open.delete(plane);
      else open.set(plane, view);
    },
    [open],
  );
  const reset = useRef(() => {});
  reset.current = () => {
    for (const view of open.values()) view.fit();
    setPoint(center);
    setRange(undefined);
    setSlab({ ...slab, thicknessMm: 0 });
    setFrames(planeFrames);
  };
  useEffect(() => {
    views.set(active, asOneView(open, { setRange, reset: () => reset.current() }));
    return () => {
      views.delete(active);
    };
  }, [views, active, open]);
  return {
    shared: { point, onPoint: setPoint, slab, range: chosen ?? own, onRange: setRange, onView, frames, onTurn },
    setSlab,
  };
}

/** The room's keys go from slice to slice: the planes follow along the normal of the slices. */
function useSliceOfRoom(stack: PictureStack, index: number, setPoint: (change: (from: Lps) => Lps) => void): void {
  const before = useRef(index);
  useEffect(() => {
    const picture = stack.pictures[index];
    if (picture === undefined || before.current === index) return;
    before.current = index;
    const normal = normalOf(picture.plane);
    setPoint((from) => {
      const way = dot(picture.plane.originLpsMm, normal) - dot(from, normal);
      return [from[0] + way * normal[0], from[1] + way * normal[1], from[2] + way * normal[2]];
    });
  }, [stack, index, setPoint]);
}

/** The three planes as the one view that the room's keys know. Planes are not turned: their letters say which is which. */
function asOneView(
  open: ReadonlyMap<PlaneName, PlaneView>,
  { setRange, reset }: { readonly setRange: (range: ValueRange) => void; readonly reset: () => void },
): StackView {
  const each = (act: (view: PlaneView) => void): void => {
    for (const view of open.values()) act(view);
  };
  return {
    state: () => open.get("axial")?.state(),
    setRange,
    panBy: (x, y) => each((view) => view.panBy(x, y)),
    zoomBy: (factor) => each((view) => view.zoomBy(factor)),
    fit: () => each((view) => view.fit()),
    destroy: () => {},
    goTo: async () => {},
    turn: () => {},
    flip: () => {},
    invert: () => {},
    reset,
  };
}

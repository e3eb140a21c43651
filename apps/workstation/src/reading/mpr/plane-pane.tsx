import {
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type WheelEvent,
} from "react";
import { flushSync } from "react-dom";
import type { Lps } from "../../picture/plane.ts";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { openPlaneView, type PlaneView } from "../../viewport/planes/open-plane-view.ts";
import { type PlaneName, planeFrames } from "../../viewport/planes/plane-frame.ts";
import type { Slab } from "../../viewport/planes/reslice-plane.ts";
import type { SliceVolume } from "../../viewport/planes/slice-volume.ts";
import type { CanvasPoint, ValueRange, ViewState } from "../../viewport/view.ts";
import { Corner } from "../pane/corner-texts.tsx";
import { draggedRange } from "../pane/dragged-range.ts";
import { OrientationFrame } from "../pane/orientation-frame.tsx";
import styles from "../reading.module.css";
import { roomTexts } from "../room-texts.ts";
import { windowOfRange } from "../window-presets.ts";
import { Crosshair } from "./crosshair.tsx";
import { handlesOf, takesHandle, turnedDegrees } from "./crosshair-handles.ts";
import { cutsOf, type PlaneFrames } from "./turned-planes.ts";

interface Props {
  readonly plane: PlaneName;
  readonly volume: SliceVolume;
  /** Where the three planes meet. */
  readonly point: Lps;
  readonly onPoint: (lpsMm: Lps) => void;
  readonly slab: Slab;
  readonly frames: PlaneFrames;
  readonly onTurn: (plane: PlaneName, degrees: number) => void;
  readonly range: ValueRange;
  readonly onRange: (range: ValueRange) => void;
  /** How far one turn of the wheel leads. */
  readonly stepMm: number;
  /** The view once it is open, and nothing when it is closed. */
  readonly onView: (plane: PlaneName, view: PlaneView | undefined) => void;
}

/** One plane: left moves the crosshair, at its handles it turns the other planes, Shift+left the window, right zooms, middle pans, the wheel goes through. */
export function PlanePane(props: Props): ReactNode {
  const { plane, point, onPoint, range, onRange, stepMm, onView, frames, onTurn } = props;
  const { element, view, drawn } = usePlaneView(props);
  useEffect(() => {
    onView(plane, view);
    return () => onView(plane, undefined);
  }, [plane, view, onView]);
  const { language } = useLanguage();
  const texts = useTexts(roomTexts);
  const last = useRef<CanvasPoint>([0, 0]);
  const isTurning = useRef(false);
  const cuts = cutsOf(frames, plane);
  const middle = drawn?.toCanvas(point) ?? [0, 0];
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at: CanvasPoint = [event.clientX - left, event.clientY - top];
    const before = last.current;
    const [x, y] = [at[0] - before[0], at[1] - before[1]];
    last.current = at;
    if (view === undefined || drawn === undefined) return;
    if (event.buttons === 2) view.zoomBy(2 ** (-y / 150));
    else if (event.buttons === 4) view.panBy(x, y);
    else if (event.buttons === 1 && event.shiftKey) onRange(draggedRange(range, x, y));
    else if (event.buttons === 1 && isTurning.current) onTurn(plane, turnedDegrees(middle, before, at));
    else if (event.buttons === 1) onPoint(drawn.toLps(at));
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    last.current = [event.clientX - left, event.clientY - top];
    const handles = drawn === undefined ? [] : handlesOf(middle, cuts, drawn);
    isTurning.current = !event.shiftKey && takesHandle(last.current, handles);
    move(event);
  };
  const wheel = (event: WheelEvent): void => {
    const out = view?.normal();
    if (out === undefined) return;
    const step = -Math.sign(event.deltaY) * stepMm;
    onPoint([point[0] + step * out[0], point[1] + step * out[1], point[2] + step * out[2]]);
  };
  const window = windowOfRange(drawn?.range ?? range);
  const isTurned = frames[plane] !== planeFrames[plane];
  return (
    <section
      className={styles.pane}
      aria-label={texts[plane]}
      data-testid={`plane-${plane}`}
      data-drawn={drawn !== undefined}
    >
      <div ref={element} className={styles.canvas} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer's part; the stack beside it goes by keys. */}
      <div
        className={styles.surface}
        data-tool="crosshair"
        onPointerDown={down}
        onPointerMove={move}
        onWheel={wheel}
        onContextMenu={(event) => event.preventDefault()}
      >
        {drawn === undefined ? null : (
          <>
            <Crosshair drawn={drawn} at={middle} cuts={cuts} />
            <OrientationFrame drawn={drawn} />
            <Corner place="top-left" lines={[isTurned ? texts.turnedPlane(texts[plane]) : texts[plane]]} />
            <Corner
              place="bottom-right"
              lines={[
                texts.windowValues(numberText(window.center, language), numberText(window.width, language)),
                texts.zoomValue(numberText(100 * drawn.zoom, language)),
              ]}
            />
          </>
        )}
      </div>
    </section>
  );
}

/** The view of a plane, which follows the point, the window and the slab. */
function usePlaneView({ plane, volume, point, slab, range, frames }: Props) {
  const frame = frames[plane];
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PlaneView>();
  const [drawn, setDrawn] = useState<ViewState>();
  const wanted = useRef({ point, slab, range, frame });
  wanted.current = { point, slab, range, frame };
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    // The crosshair comes to the screen together with its plane.
    const onDrawn = (state: ViewState): void => flushSync(() => setDrawn(state));
    const opened = openPlaneView(current, { volume, plane, onDrawn, ...wanted.current });
    setView(opened);
    return () => {
      opened.destroy();
      setView(undefined);
      setDrawn(undefined);
    };
  }, [volume, plane]);
  useEffect(() => view?.goThrough(point), [view, point]);
  useEffect(() => view?.setSlab(slab), [view, slab]);
  useEffect(() => view?.setRange(range), [view, range]);
  useEffect(() => view?.setFrame(frame), [view, frame]);
  return { element, view, drawn };
}

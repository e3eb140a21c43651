import { type PointerEvent, type ReactNode, useEffect, useRef, useState, type WheelEvent } from "react";
import type { Lps } from "../../picture/plane.ts";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { openPlaneView, type PlaneName, type PlaneView, type SlabMode } from "../../viewport/open-plane-view.ts";
import type { CanvasPoint, ValueRange } from "../../viewport/view.ts";
import { Corner } from "../pane/corner-texts.tsx";
import { draggedRange } from "../pane/dragged-range.ts";
import { OrientationFrame } from "../pane/orientation-frame.tsx";
import styles from "../reading.module.css";
import { roomTexts } from "../room-texts.ts";
import { windowOfRange } from "../window-presets.ts";
import { Crosshair } from "./crosshair.tsx";

interface Props {
  readonly plane: PlaneName;
  readonly volumeId: string;
  /** Where the three planes meet. */
  readonly point: Lps;
  readonly onPoint: (lpsMm: Lps) => void;
  readonly mode: SlabMode;
  readonly thicknessMm: number;
  readonly range: ValueRange | undefined;
  readonly onRange: (range: ValueRange) => void;
  /** How far one turn of the wheel leads. */
  readonly stepMm: number;
  /** The view once it is open, and nothing when it is closed. */
  readonly onView: (plane: PlaneName, view: PlaneView | undefined) => void;
}

/** One plane: left moves the crosshair, Shift+left the window, right zooms, middle pans, the wheel goes through. */
export function PlanePane(props: Props): ReactNode {
  const { plane, point, onPoint, range, onRange, stepMm, onView } = props;
  const { element, view, tick } = usePlaneView(props);
  useEffect(() => {
    onView(plane, view);
    return () => onView(plane, undefined);
  }, [plane, view, onView]);
  const { language } = useLanguage();
  const texts = useTexts(roomTexts);
  const last = useRef<CanvasPoint>([0, 0]);
  const drawn = view?.state();
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const at: CanvasPoint = [event.clientX - left, event.clientY - top];
    const [x, y] = [at[0] - last.current[0], at[1] - last.current[1]];
    last.current = at;
    if (view === undefined || drawn === undefined) return;
    if (event.buttons === 2) view.zoomBy(2 ** (-y / 150));
    else if (event.buttons === 4) view.panBy(x, y);
    else if (event.buttons === 1 && event.shiftKey && range !== undefined) onRange(draggedRange(range, x, y));
    else if (event.buttons === 1) onPoint(drawn.toLps(at));
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    last.current = [event.clientX - left, event.clientY - top];
    move(event);
  };
  const wheel = (event: WheelEvent): void => {
    const out = view?.normal();
    if (out === undefined) return;
    const step = -Math.sign(event.deltaY) * stepMm;
    onPoint([point[0] + step * out[0], point[1] + step * out[1], point[2] + step * out[2]]);
  };
  const window = drawn?.range === undefined ? undefined : windowOfRange(drawn.range);
  return (
    <section className={styles.pane} aria-label={texts[plane]} data-testid={`plane-${plane}`} data-drawn={tick > 0}>
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
            <Crosshair drawn={drawn} point={point} />
            <OrientationFrame plane={{ hasOrientation: true, hasSpacing: true }} drawn={drawn} />
            <Corner place="top-left" lines={[texts[plane]]} />
            <Corner
              place="bottom-right"
              lines={[
                window && texts.windowValues(numberText(window.center, language), numberText(window.width, language)),
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
function usePlaneView({ plane, volumeId, point, mode, thicknessMm, range }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PlaneView>();
  const [tick, setTick] = useState(0);
  const first = useRef(range);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    let isClosed = false;
    let opened: PlaneView | undefined;
    const onDrawn = (): void => setTick((now) => now + 1);
    openPlaneView(current, { volumeId, plane, range: first.current, onDrawn }).then((made) => {
      opened = made;
      if (isClosed) made.destroy();
      else setView(made);
    });
    const observer = new ResizeObserver(() => opened?.resize());
    observer.observe(current);
    return () => {
      isClosed = true;
      observer.disconnect();
      opened?.destroy();
      setView(undefined);
    };
  }, [volumeId, plane]);
  useEffect(() => view?.goThrough(point), [view, point]);
  useEffect(() => view?.setSlab(mode, thicknessMm), [view, mode, thicknessMm]);
  useEffect(() => {
    if (range !== undefined) view?.setRange(range);
  }, [view, range]);
  return { element, view, tick };
}

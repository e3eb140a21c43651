import { NativeSelect } from "@mantine/core";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState, type WheelEvent } from "react";
import { useTexts } from "../../text/language.tsx";
import {
  openRenderedVolume,
  type RenderedVolume,
  type VolumeLook,
  volumeLooks,
} from "../../viewport/rendered/open-rendered-volume.ts";
import { closeVolume, newVolumeId, openVolume } from "../../viewport/rendered/volume-of-stack.ts";
import type { SliceOrder } from "../../viewport/slice-order.ts";
import styles from "../reading.module.css";
import { roomTexts } from "../room-texts.ts";

/** A drag of so many CSS pixels turns the volume by a degree. */
const pxPerDegree = 2;

/** The volume in space: left turns it, right zooms, middle pans. */
export function RenderedPane({
  order,
  modality,
}: {
  readonly order: SliceOrder;
  readonly modality: string;
}): ReactNode {
  const texts = useTexts(roomTexts);
  const [look, setLook] = useState<VolumeLook>(modality === "CT" ? "CT-Bone" : "MR-Default");
  const { element, view, isDrawn } = useRenderedVolume(order, look);
  const last = useRef<readonly [number, number]>([0, 0]);
  const move = ({ buttons, clientX, clientY }: PointerEvent): void => {
    const [x, y] = [clientX - last.current[0], clientY - last.current[1]];
    last.current = [clientX, clientY];
    if (buttons === 1) view?.turn(x / pxPerDegree, y / pxPerDegree);
    else if (buttons === 2) view?.zoomBy(2 ** (-y / 150));
    else if (buttons === 4) view?.panBy(x, y);
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = [event.clientX, event.clientY];
  };
  return (
    <div className={styles.rendered} data-testid="plane-rendered" data-drawn={isDrawn}>
      <div ref={element} className={styles.canvas} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer's part; the planes beside it go by keys. */}
      <div
        className={styles.surface}
        onPointerDown={down}
        onPointerMove={move}
        onWheel={({ deltaY }: WheelEvent) => view?.zoomBy(2 ** (-deltaY / 500))}
        onContextMenu={(event) => event.preventDefault()}
      />
      <NativeSelect
        className={styles.look}
        size="xs"
        aria-label={texts.look}
        title={texts.look}
        value={look}
        data={volumeLooks.map((value) => ({ value, label: texts[`look.${value}`] }))}
        onChange={({ currentTarget }) => {
          const chosen = volumeLooks.find((one) => one === currentTarget.value);
          if (chosen !== undefined) setLook(chosen);
        }}
      />
    </div>
  );
}

/** The volume of slices that are loaded, handed to the viewer for as long as it is shown. */
function useRenderedVolume(order: SliceOrder, look: VolumeLook) {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<RenderedVolume>();
  const [isDrawn, setDrawn] = useState(false);
  const first = useRef(look);
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const volumeId = newVolumeId();
    let isClosed = false;
    let opened: RenderedVolume | undefined;
    const open = async (): Promise<void> => {
      await openVolume(volumeId, order);
      if (isClosed) return;
      opened = await openRenderedVolume(current, { volumeId, look: first.current, onDrawn: () => setDrawn(true) });
      if (isClosed) opened.destroy();
      else setView(opened);
    };
    const opening = open().catch((cause: unknown) =>
      setView(() => {
        throw cause;
      }),
    );
    const observer = new ResizeObserver(() => opened?.resize());
    observer.observe(current);
    return () => {
      isClosed = true;
      observer.disconnect();
      opened?.destroy();
      opening.finally(() => closeVolume(volumeId));
      setView(undefined);
      setDrawn(false);
    };
  }, [order]);
  useEffect(() => {
    if (look !== first.current) view?.setLook(look);
    first.current = look;
  }, [view, look]);
  return { element, view, isDrawn };
}

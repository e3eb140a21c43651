import { Progress } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { onDemand } from "../../app/on-demand.tsx";
import { useTexts } from "../../text/language.tsx";
import { sliceVolume } from "../../viewport/planes/slice-volume.ts";
import { sliceOrder } from "../../viewport/slice-order.ts";
import { AxisSliders } from "../pane/axis-sliders.tsx";
import { useReadAhead } from "../pane/use-read-ahead.ts";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { useRoomContext, useRoomState } from "../room-context.ts";
import { roomTexts } from "../room-texts.ts";
import { picturesAtPoints, placeOf } from "../stack-place.ts";
import { PlanePane } from "./plane-pane.tsx";
import { SlabControls } from "./slab-controls.tsx";
import { usePlanes } from "./use-planes.ts";

/** The rendering of a whole volume is loaded when it is first asked for. */
const { Component: RenderedPane } = onDemand(async () => (await import("./rendered-pane.tsx")).RenderedPane);

/** Three planes through a stack, which meet in one point, with a slab of chosen thickness; in space, too, where asked for. */
export function PlanesGrid({ stack }: { readonly stack: PictureStack }): ReactNode {
  const texts = useTexts(roomTexts);
  const { goTo } = useRoomContext();
  const active = useRoomState((state) => state.active);
  const index = useRoomState((state) => state.cells[state.active]?.index ?? 0);
  const points = placeOf(stack, index).points.join();
  const slices = useMemo(() => picturesAtPoints(stack, points.split(",").map(Number)), [stack, points]);
  const order = useMemo(() => sliceOrder(slices), [slices]);
  const phase = useMemo(() => ({ ...stack, pictures: slices }), [stack, slices]);
  const loaded = useReadAhead(phase, 0);
  const there = slices.filter(({ id }) => loaded.has(id)).length;
  const volume = useMemo(
    () => (order !== undefined && there === slices.length ? sliceVolume(order) : undefined),
    [order, there, slices],
  );
  const planes = usePlanes(stack, order);
  const [isRendered, setRendered] = useState(false);
  if (order === undefined) return <Note text={texts.planesNot} />;
  return (
    <div
      className={styles.grid}
      style={{ gridTemplate: "1fr 1fr / 1fr 1fr" }}
      data-testid="planes"
      data-ready={volume !== undefined}
    >
      {volume === undefined ? (
        <Note text={texts.planesLoading(there, slices.length)} percent={(100 * there) / slices.length} />
      ) : (
        (["axial", "sagittal", "coronal"] as const).map((plane) => (
          <PlanePane key={plane} plane={plane} volume={volume} stepMm={order.spacingMm} {...planes.shared} />
        ))
      )}
      <div className={styles.pane} style={{ "--axes": stack.axes.length }}>
        <SlabControls planes={planes} isRendered={isRendered} onRendered={setRendered} />
        {isRendered && volume !== undefined ? <RenderedPane order={order} modality={stack.modality} /> : null}
        {stack.axes.length === 0 ? null : (
          <AxisSliders stack={stack} index={index} onIndex={(to) => goTo(active, to)} />
        )}
      </div>
    </div>
  );
}

function Note({ text, percent }: { readonly text: string; readonly percent?: number }): ReactNode {
  return (
    <div className={styles.pane} role="status" style={{ gridColumn: percent === undefined ? "1 / -1" : undefined }}>
      <div className={styles.empty}>
        {text}
        {percent === undefined ? null : <Progress value={percent} mt={8} mx="auto" w={180} aria-label={text} />}
      </div>
    </div>
  );
}

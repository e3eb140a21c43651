import { Progress } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from "react";
import { useTexts } from "../../text/language.tsx";
import { type SliceOrder, sliceOrder } from "../../viewport/slice-order.ts";
import { closeVolume, newVolumeId, openVolume } from "../../viewport/volume-of-stack.ts";
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
const RenderedPane = lazy(async () => ({ default: (await import("./rendered-pane.tsx")).RenderedPane }));

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
  const volumeId = useVolume(there === slices.length ? order : undefined);
  const planes = usePlanes(stack, order);
  const [isRendered, setRendered] = useState(false);
  if (order === undefined) return <Note text={texts.planesNot} />;
  const shared = { ...planes.shared, volumeId: volumeId ?? "", stepMm: order.spacingMm };
  return (
    <div
      className={styles.grid}
      style={{ gridTemplate: "1fr 1fr / 1fr 1fr" }}
      data-testid="planes"
      data-ready={volumeId !== undefined}
    >
      {volumeId === undefined ? (
        <Note text={texts.planesLoading(there, slices.length)} percent={(100 * there) / slices.length} />
      ) : (
        <>
          <PlanePane plane="axial" {...shared} />
          <PlanePane plane="sagittal" {...shared} />
          <PlanePane plane="coronal" {...shared} />
        </>
      )}
      <div className={styles.pane} style={{ "--axes": stack.axes.length }}>
        <SlabControls planes={planes} isRendered={isRendered} onRendered={setRendered} />
        {isRendered && volumeId !== undefined ? (
          <Suspense fallback={null}>
            <RenderedPane volumeId={volumeId} modality={stack.modality} />
          </Suspense>
        ) : null}
        {stack.axes.length === 0 ? null : (
          <AxisSliders stack={stack} index={index} onIndex={(to) => goTo(active, to)} />
        )}
      </div>
    </div>
  );
}

/** The name of a volume in the viewer once it is open. */
function useVolume(order: SliceOrder | undefined): string | undefined {
  const [opened, setOpened] = useState<{ readonly volumeId: string; readonly order: SliceOrder }>();
  useEffect(() => {
    if (order === undefined) return;
    const volumeId = newVolumeId();
    let isOver = false;
    const opening = openVolume(volumeId, order).then(
      () => {
        if (!isOver) setOpened({ volumeId, order });
      },
      (cause: unknown) =>
        setOpened(() => {
          throw cause;
        }),
    );
    return () => {
      isOver = true;
      opening.finally(() => closeVolume(volumeId));
    };
  }, [order]);
  return opened !== undefined && opened.order === order ? opened.volumeId : undefined;
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

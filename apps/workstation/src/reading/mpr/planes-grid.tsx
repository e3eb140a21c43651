import { NativeSelect, NumberInput } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { type Lps, lpsOfPixel } from "../../picture/plane.ts";
import { useTexts } from "../../text/language.tsx";
import type { SlabMode } from "../../viewport/open-plane-view.ts";
import { knowPictures } from "../../viewport/picture-store.ts";
import { openVolume, sliceOrder } from "../../viewport/volume-of-stack.ts";
import { useReadAhead } from "../pane/use-read-ahead.ts";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { useRoomContext } from "../room-context.ts";
import { roomTexts } from "../room-texts.ts";
import { rangeOfWindow } from "../window-presets.ts";
import { PlanePane } from "./plane-pane.tsx";

/** Three planes through a stack, which meet in one point, with a slab of chosen thickness. */
export function PlanesGrid({ stack }: { readonly stack: PictureStack }): ReactNode {
  const texts = useTexts(roomTexts);
  const { state, views } = useRoomContext();
  const order = useMemo(() => sliceOrder(stack.pictures), [stack]);
  useMemo(() => knowPictures(stack.pictures), [stack]);
  const loaded = useReadAhead(stack, 0);
  const middle = order?.pictures[Math.floor(order.pictures.length / 2)];
  const [point, setPoint] = useState<Lps>(() => {
    const { rows = 0, columns = 0 } = middle?.header ?? {};
    return middle === undefined ? [0, 0, 0] : lpsOfPixel(middle.plane, [(columns - 1) / 2, (rows - 1) / 2]);
  });
  const [mode, setMode] = useState<SlabMode>("mip");
  const [thicknessMm, setThicknessMm] = useState(0);
  const [range, setRange] = useState(
    () =>
      views.get(state.active)?.state()?.range ??
      (middle?.window === undefined ? undefined : rangeOfWindow(middle.window)),
  );
  const isReady = loaded.size === stack.pictures.length;
  const volumeId = useMemo(
    () => (isReady && order !== undefined ? openVolume(stack.id, order) : undefined),
    [isReady, order, stack],
  );
  if (order === undefined) return <Note text={texts.planesNot} />;
  if (volumeId === undefined) return <Note text={texts.planesLoading(loaded.size, stack.pictures.length)} />;
  const shared = {
    volumeId,
    point,
    onPoint: setPoint,
    mode,
    thicknessMm,
    range,
    onRange: setRange,
    stepMm: order.spacingMm,
  };
  return (
    <div className={styles.grid} style={{ gridTemplate: "1fr 1fr / 1fr 1fr" }} data-testid="planes">
      <PlanePane plane="axial" {...shared} />
      <PlanePane plane="sagittal" {...shared} />
      <PlanePane plane="coronal" {...shared} />
      <div className={styles.slab}>
        <NativeSelect
          size="xs"
          label={texts.slab}
          value={mode}
          data={[
            { value: "mip", label: texts.slabMip },
            { value: "minip", label: texts.slabMinip },
            { value: "mean", label: texts.slabMean },
          ]}
          onChange={({ currentTarget: { value } }) =>
            (value === "mip" || value === "minip" || value === "mean") && setMode(value)
          }
        />
        <NumberInput
          size="xs"
          label={texts.slabThickness}
          min={0}
          max={100}
          value={thicknessMm}
          onChange={(value) => typeof value === "number" && setThicknessMm(value)}
        />
      </div>
    </div>
  );
}

function Note({ text }: { readonly text: string }): ReactNode {
  return (
    <div className={styles.pane} role="status">
      <p className={styles.empty}>{text}</p>
    </div>
  );
}

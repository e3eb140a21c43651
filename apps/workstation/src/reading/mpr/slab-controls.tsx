import { NativeSelect, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTexts } from "../../text/language.tsx";
import styles from "../reading.module.css";
import { roomTexts } from "../room-texts.ts";
import type { Planes } from "./use-planes.ts";

interface Props {
  readonly planes: Planes;
  readonly isRendered: boolean;
  readonly onRendered: (is: boolean) => void;
}

/** What a thick plane shows, how thick it is, and whether the volume is shown in space. */
export function SlabControls({ planes, isRendered, onRendered }: Props): ReactNode {
  const texts = useTexts(roomTexts);
  const { slab } = planes.shared;
  return (
    <div className={styles.slab}>
      <NativeSelect
        size="xs"
        w={90}
        aria-label={texts.slab}
        title={texts.slab}
        value={slab.mode}
        data={[
          { value: "mip", label: texts.slabMip },
          { value: "minip", label: texts.slabMinip },
          { value: "mean", label: texts.slabMean },
        ]}
        onChange={({ currentTarget: { value } }) =>
          (value === "mip" || value === "minip" || value === "mean") && planes.setSlab({ ...slab, mode: value })
        }
      />
      <NumberInput
        size="xs"
        w={100}
        aria-label={texts.slabThickness}
        title={texts.slabThickness}
        suffix=" mm"
        min={0}
        max={100}
        value={slab.thicknessMm}
        onChange={(value) => typeof value === "number" && planes.setSlab({ ...slab, thicknessMm: value })}
      />
      <button
        type="button"
        className={styles.tool}
        aria-pressed={isRendered}
        title={texts.rendered}
        data-testid="rendered"
        onClick={() => onRendered(!isRendered)}
      >
        3-D
      </button>
    </div>
  );
}

import { typeset } from "@etalon/report/text";
import { NativeSelect, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import panel from "../panel.module.css";
import { mapTexts } from "./map-texts.ts";
import styles from "./maps.module.css";
import { qualityName } from "./quality-name.ts";
import type { MapView } from "./use-map-view.ts";
import { changedRange } from "./value-range.ts";

/** Which map, and which of its quality. */
export function MapChoice({ view }: { readonly view: MapView }): ReactNode {
  const texts = useTexts(mapTexts);
  const { language } = useLanguage();
  const { groups, group, quality } = view;
  const name = (map: ShownMap): string => typeset(map.title[language], language);
  return (
    <div className={styles.choice}>
      <NativeSelect
        size="xs"
        label={texts.map}
        value={group.quantity.id}
        data={groups.map(({ quantity }) => ({ value: quantity.id, label: name(quantity) }))}
        onChange={(event) => view.chooseGroup(event.currentTarget.value)}
        data-testid="map-choice"
      />
      {quality === undefined ? null : (
        <NativeSelect
          size="xs"
          label={texts.quality}
          value={quality.id}
          data={group.quality.map((map) => ({ value: map.id, label: qualityName(map, language) }))}
          onChange={(event) => view.chooseQuality(event.currentTarget.value)}
          data-testid="quality-choice"
        />
      )}
    </div>
  );
}

/** Slice by slice; nothing where there is one. */
export function SliceSlider({ view }: { readonly view: MapView }): ReactNode {
  const texts = useTexts(mapTexts);
  const { language } = useLanguage();
  const { slices, positionsMm } = view.group.quantity;
  const { slice } = view;
  if (slices === 1) return null;
  return (
    <label className={styles.slices}>
      <span>
        {texts.sliceOf(slice + 1, slices)} · {numberText(positionsMm[slice] ?? 0, language, 1)} mm
      </span>
      <input
        type="range"
        min={1}
        max={slices}
        value={slice + 1}
        aria-label={texts.slice}
        onChange={(event) => {
          const next = Number(event.currentTarget.value) - 1;
          if (view.place === undefined) view.setSlice(next);
          else view.setPlace({ ...view.place, slice: next });
        }}
        data-testid="map-slice"
      />
    </label>
  );
}

/** From where to where the colours go. */
export function RangeFields({ map, view }: { readonly map: ShownMap; readonly view: MapView }): ReactNode {
  const texts = useTexts(mapTexts);
  const { language } = useLanguage();
  const range = view.rangeOf(map);
  const field = (end: "low" | "high", label: string): ReactNode => (
    <NumberInput
      size="xs"
      label={label}
      value={range[end]}
      step={(range.high - range.low) / 10}
      decimalSeparator={language === "fr" ? "," : "."}
      onChange={(value) => {
        const changed = changedRange(range, end, value);
        if (changed !== undefined) view.setRange(map, changed);
      }}
      data-testid={`range-${end}`}
    />
  );
  return (
    <fieldset className={styles.range}>
      <legend>{texts.range}</legend>
      {field("low", texts.from)}
      {field("high", texts.to)}
      <button type="button" className={panel.link} onClick={() => view.setRange(map, undefined)}>
        {texts.usual}
      </button>
    </fieldset>
  );
}

import { typeset } from "@etalon/report/text";
import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { valueText } from "../../text/value-text.ts";
import { probeMap } from "./map-group.ts";
import { mapTexts } from "./map-texts.ts";
import styles from "./maps.module.css";
import { qualityName } from "./quality-name.ts";
import type { MapView } from "./use-map-view.ts";

/** The values of the voxel that is pointed at, or why it has none. */
export function MapReadout({ view }: { readonly view: MapView }): ReactNode {
  const texts = useTexts(mapTexts);
  const { language } = useLanguage();
  const { group, place } = view;
  if (place === undefined) return <p className={styles.readout}>{texts.point}</p>;
  const { quantity, quality } = group;
  const probed = probeMap(group, quantity, place);
  const { column, row, slice } = place;
  return (
    <output
      className={styles.readout}
      data-testid="map-value"
      data-column={column}
      data-row={row}
      data-slice={slice}
      data-value={probed.kind === "value" ? probed.value : ""}
    >
      <span>{texts.voxel(column + 1, row + 1, slice + 1)}</span>
      {probed.kind === "value" ? (
        <>
          <strong>{valueText(probed.value, quantity.unit, language)}</strong>
          {quality.map((map) => {
            const own = probeMap(group, map, place);
            return own.kind === "none" ? null : (
              <span key={map.id}>
                {qualityName(map, language)} {valueText(own.value, map.unit, language)}
              </span>
            );
          })}
        </>
      ) : (
        <strong>
          {texts.noValue}
          {language === "fr" ? "\u00a0: " : ": "}
          {typeset(probed.reason?.[language] ?? texts.notSaid, language)}
        </strong>
      )}
    </output>
  );
}

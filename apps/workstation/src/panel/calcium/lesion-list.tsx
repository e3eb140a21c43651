import { siteName } from "@etalon/report/text";
import type { ReactNode } from "react";
import { useRoomContext } from "../../reading/room-context.ts";
import { numberText } from "../../text/dicom-text.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import panel from "../panel.module.css";
import { panelTexts } from "../panel-texts.ts";
import type { Reading } from "../reading-context.ts";
import { arteryColour, lesionLabels } from "./arteries.ts";
import { assignLesion, excludedLabel } from "./assign-lesion.ts";
import styles from "./calcium.module.css";
import { jumpToLesion, placeOfLesion, stepLesion } from "./jump-to-lesion.ts";
import type { LesionMap } from "./lesion-map.ts";
import { type LesionRow, lesionRows } from "./lesion-rows.ts";

/** The lesions: a click leads to one, its artery can be chosen here, too. */
export function LesionList({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const room = useRoomContext();
  const { map } = reading;
  if (map === undefined) return null;
  const rows = lesionRows(reading, map);
  const open = rows.filter(({ label }) => label === undefined).length;
  return (
    <div>
      <div className={styles.listHead}>
        <span data-testid="unassigned" data-count={open}>
          {rows.length === 0 ? texts.noLesions : open === 0 ? texts.allAssigned : texts.unassignedCount(open)}
        </span>
        {open === 0 ? null : (
          <button type="button" className={panel.link} onClick={() => stepLesion(1, reading, room)}>
            {texts.nextOpen}
          </button>
        )}
      </div>
      <ul className={styles.lesionList}>
        {rows.map((row) => (
          <LesionEntry key={row.candidate} row={row} reading={reading} map={map} />
        ))}
      </ul>
    </div>
  );
}

function LesionEntry({
  row,
  reading,
  map,
}: {
  readonly row: LesionRow;
  readonly reading: Reading;
  readonly map: LesionMap;
}): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const room = useRoomContext();
  const { candidate, label, score } = row;
  const image = (placeOfLesion(row, reading, room)?.index ?? 0) + 1;
  const { lesions, draft, edit } = reading;
  const known: readonly string[] = lesionLabels;
  const options = label === undefined || known.includes(label) ? known : [...known, label];
  return (
    <li data-selected={lesions.selected === candidate} data-testid="lesion" data-site={label ?? ""}>
      <button type="button" onClick={() => jumpToLesion(row, reading, room)}>
        <i style={label === undefined ? {} : { background: arteryColour(label) }} data-open={label === undefined} />
        <span>{texts.lesionAt(image)}</span>
        <b>{numberText(score, language, score < 10 ? 1 : 0)}</b>
      </button>
      <select
        aria-label={`${texts.artery}, ${texts.lesionAt(image)}`}
        value={label ?? ""}
        onChange={(event) => {
          const to = event.currentTarget.value === "" ? undefined : event.currentTarget.value;
          lesions.select(candidate);
          edit({ regions: assignLesion(draft.regions ?? [], map, { candidate, label: to }) });
        }}
      >
        <option value="">{texts.unassigned}</option>
        {options.map((one) => (
          <option key={one} value={one}>
            {one === excludedLabel ? texts.excludedShort : siteName(one).short[language]}
          </option>
        ))}
      </select>
    </li>
  );
}

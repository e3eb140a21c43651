import { type ReactNode, useContext } from "react";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import type { Mark } from "../marks/mark.ts";
import { measureMark } from "../marks/measure-mark.ts";
import { reportTexts } from "../report/report-texts.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { loadedPicture } from "../viewport/picture-store.ts";
import { markLines } from "./mark-text.ts";
import { MeasurementsContext } from "./measurements-context.ts";
import type { PictureStack } from "./picture-stacks.ts";
import { useRoomContext } from "./room-context.ts";
import { roomTexts } from "./room-texts.ts";
import styles from "./side.module.css";
import { valueUnitOf } from "./value-unit.ts";

/** What the reader has measured: a click leads to its image. */
export function MeasurementList(): ReactNode {
  const { marks, stacks } = useRoomContext();
  const texts = useTexts(roomTexts);
  return (
    <section className={styles.measurements} aria-label={texts.measurements}>
      <h2 className={styles.sideTitle}>{texts.measurements}</h2>
      {marks.log.marks.length === 0 ? <p className={styles.sideNote}>{texts.noMeasurements}</p> : null}
      <ul className={styles.marks}>
        {marks.log.marks.map((mark) => {
          const stack = stacks.find(({ pictures }) => pictures.some(({ id }) => id === mark.pictureId));
          return stack === undefined ? null : <MarkEntry key={mark.id} mark={mark} stack={stack} />;
        })}
      </ul>
      <SaveState />
    </section>
  );
}

/** Whether what was drawn without a protocol is saved: nothing else on the page says it. */
function SaveState(): ReactNode {
  const sync = useContext(MeasurementsContext);
  const texts = useTexts(reportTexts);
  const common = useTexts(appTexts);
  if (sync === undefined || (sync.draft.measurements.length === 0 && sync.saveState === "saved")) return null;
  const { saveState, refusal } = sync;
  return (
    <p className={styles.sideNote} data-testid="marks-state" data-state={saveState} role="status">
      {saveState === "refused" ? `${texts.refused}: ${explain(refusal, common)}` : texts[saveState]}
    </p>
  );
}

function MarkEntry({ mark, stack }: { readonly mark: Mark; readonly stack: PictureStack }): ReactNode {
  const { marks, store, dispatch } = useRoomContext();
  const { language } = useLanguage();
  const texts = useTexts(roomTexts);
  const index = stack.pictures.findIndex(({ id }) => id === mark.pictureId);
  const picture = stack.pictures[index];
  if (picture === undefined) return null;
  const measured = measureMark(mark, picture, loadedPicture(picture));
  const isUncalibrated = measured.kind !== "angle" && measured.unit === "px";
  const jump = (): void => {
    marks.select(mark.id);
    dispatch({ kind: "show", cell: store.now().active, stackId: stack.id, index });
  };
  return (
    <li className={styles.mark} data-selected={marks.selected === mark.id} data-testid="mark">
      <button type="button" className={styles.markOpen} onClick={jump}>
        <span className={styles.markKind}>
          {texts[mark.kind]} · {texts.image(index + 1, stack.pictures.length)}
        </span>
        {markLines(measured, language, valueUnitOf(picture)).map((line) => (
          <span key={line}>{line}</span>
        ))}
        {isUncalibrated ? <span className={styles.markNote}>{texts.uncalibrated}</span> : null}
      </button>
      <button
        type="button"
        className={styles.markRemove}
        aria-label={texts.remove}
        title={texts.remove}
        onClick={() => marks.remove(mark)}
      >
        ×
      </button>
    </li>
  );
}

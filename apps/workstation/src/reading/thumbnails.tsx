import { NativeSelect } from "@mantine/core";
import { type DragEvent, type KeyboardEvent, memo, type ReactNode } from "react";
import { dicomDate } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { LedgerButton } from "./ledger-dialog.tsx";
import type { PictureStack } from "./picture-stacks.ts";
import styles from "./reading.module.css";
import { useRoomContext, useRoomState } from "./room-context.ts";
import { roomTexts } from "./room-texts.ts";
import { Thumbnail } from "./thumbnail.tsx";
import type { OpenSeries } from "./use-stacks.ts";

/** What a dragged stack is known by. */
export const stackDragType = "application/x-etalon-stack";

/** The series at the left: chosen with a click, or dragged into a viewport. */
export const Thumbnails = memo(function Thumbnails(): ReactNode {
  const { open, prior } = useRoomContext();
  const texts = useTexts(roomTexts);
  return (
    <nav className={styles.thumbnails} aria-label={texts.series} onKeyDown={moveFocus}>
      {open.series.map((series) => (
        <SeriesEntry key={series.summary.seriesInstanceUid} series={series} />
      ))}
      {prior.others.length === 0 ? null : <PriorEntries />}
      <LedgerButton />
    </nav>
  );
});

/** The patient's other studies to choose from, and the series of the chosen one. */
function PriorEntries(): ReactNode {
  const { prior } = useRoomContext();
  const { language } = useLanguage();
  const texts = useTexts(roomTexts);
  const { others, chosen, choose } = prior;
  return (
    <div className={styles.priors}>
      <NativeSelect
        size="xs"
        aria-label={texts.priors}
        title={texts.priors}
        data-testid="priors"
        value={chosen ?? ""}
        data={[
          { value: "", label: texts.noPrior },
          ...others.map(({ studyInstanceUid, date, description, modalities }) => ({
            value: studyInstanceUid,
            label: [dicomDate(date, language), description || modalities.join(" ")].filter(Boolean).join(" · "),
          })),
        ]}
        onChange={({ currentTarget }) => choose(currentTarget.value === "" ? undefined : currentTarget.value)}
      />
      {prior.open?.series.map((series) => (
        <SeriesEntry key={series.summary.seriesInstanceUid} series={series} />
      ))}
    </div>
  );
}

function SeriesEntry({ series }: { readonly series: OpenSeries }): ReactNode {
  const texts = useTexts(roomTexts);
  const { summary, stacks } = series;
  const title = [summary.number, summary.description || summary.modality]
    .filter((part) => part !== undefined)
    .join(" · ");
  if (stacks === undefined || stacks.length === 0) {
    return (
      <div className={styles.thumbnail} data-empty="">
        <span className={styles.thumbTitle}>{title}</span>
        <span className={styles.thumbNote}>
          {summary.modality} · {stacks === undefined ? texts.images(summary.instanceCount) : texts.noImages}
        </span>
      </div>
    );
  }
  return stacks.map((stack) => <StackEntry key={stack.id} stack={stack} title={title} />);
}

function StackEntry({ stack, title }: { readonly stack: PictureStack; readonly title: string }): ReactNode {
  const { store, dispatch } = useRoomContext();
  const texts = useTexts(roomTexts);
  const middle = stack.pictures[Math.floor(stack.pictures.length / 2)];
  const isShown = useRoomState(({ cells, active }) => cells[active]?.stackId === stack.id);
  const drag = (event: DragEvent): void => event.dataTransfer.setData(stackDragType, stack.id);
  return (
    <button
      type="button"
      className={styles.thumbnail}
      aria-pressed={isShown}
      draggable
      data-stack={stack.id}
      onDragStart={drag}
      onClick={() => dispatch({ kind: "show", cell: store.now().active, stackId: stack.id })}
    >
      {middle === undefined ? null : <Thumbnail picture={middle} />}
      <span className={styles.thumbTitle}>{title}</span>
      <span className={styles.thumbNote}>
        {stack.modality} · {texts.images(stack.pictures.length)}
      </span>
    </button>
  );
}

/** Up and down go from series to series; elsewhere they go from image to image. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const next = buttons[buttons.findIndex((button) => button.matches(":focus")) + step];
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}

import { type DragEvent, type ReactNode, useEffect, useMemo } from "react";
import { LesionsLayer } from "../../panel/calcium/lesions-layer.tsx";
import { ContoursLayer } from "../../panel/contours/contours-layer.tsx";
import { useTexts } from "../../text/language.tsx";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { useRoomContext, useRoomState, useShownStack } from "../room-context.ts";
import { roomTexts } from "../room-texts.ts";
import { stackDragType } from "../thumbnails.tsx";
import { AxisSliders } from "./axis-sliders.tsx";
import { CornerTexts } from "./corner-texts.tsx";
import { MarksLayer } from "./marks-layer.tsx";
import { OrientationFrame } from "./orientation-frame.tsx";
import { StackScrollBar } from "./stack-scroll-bar.tsx";
import { usePointerTools } from "./use-pointer-tools.ts";
import { useReadAhead } from "./use-read-ahead.ts";
import { useStackView } from "./use-stack-view.ts";

/** A viewport: the picture, what is written and drawn over it, and its scroll bar. */
export function StackPane({ cell, onAlone }: { readonly cell: number; readonly onAlone: () => void }): ReactNode {
  const room = useRoomContext();
  const texts = useTexts(roomTexts);
  const { dispatch, views, tellShown, store } = room;
  const stack = useShownStack(cell);
  const isActive = useRoomState(({ active }) => active === cell);
  const tool = useRoomState((state) => state.tool);
  const { element, view, drawn, error } = useStackView(stack, cell);
  const loaded = useReadAhead(stack, store.now().cells[cell]?.index ?? 0);
  const places = useMemo(() => new Map(stack?.pictures.map(({ id }, at) => [id, at])), [stack]);
  // What is written and drawn belongs to the picture on the screen, also while the next one is under way or does not come.
  const shown = places.get(drawn?.pictureId ?? "");
  const picture = shown === undefined ? undefined : stack?.pictures[shown];
  const pointer = usePointerTools({ cell, stack, picture, view, drawn });
  useEffect(() => {
    if (view === undefined) return;
    views.set(cell, view);
    return () => {
      views.delete(cell);
    };
  }, [view, views, cell]);
  const isSettled = drawn !== undefined || error !== undefined;
  useEffect(() => {
    if (isSettled) tellShown();
  }, [isSettled, tellShown]);
  const drop = (event: DragEvent): void => {
    const stackId = event.dataTransfer.getData(stackDragType);
    if (stackId !== "") dispatch({ kind: "show", cell, stackId });
  };
  return (
    <section
      className={styles.pane}
      data-active={isActive}
      aria-label={stack === undefined ? texts.emptyPane : texts.image((shown ?? 0) + 1, stack.pictures.length)}
      data-testid="pane"
      data-stack={stack?.id}
      data-drawn={shown}
      data-picture={picture?.id}
      style={{ "--axes": stack?.axes.length ?? 0 }}
      onPointerDownCapture={() => dispatch({ kind: "activate", cell })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <div ref={element} className={styles.canvas} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, keys do, too. */}
      <div
        className={styles.surface}
        ref={pointer.surface}
        onDoubleClick={onAlone}
        data-tool={tool}
        data-testid="surface"
      >
        {drawn === undefined || picture === undefined || shown === undefined || stack === undefined ? null : (
          <>
            <LesionsLayer picture={picture} drawn={drawn} stroke={pointer.stroke} />
            <ContoursLayer picture={picture} drawn={drawn} path={pointer.contour} />
            <MarksLayer picture={picture} drawn={drawn} draft={pointer.draft} />
            <OrientationFrame plane={picture.plane} said={picture.patientOrientation} drawn={drawn} />
            <CornerTexts stack={stack} index={shown} drawn={drawn} />
          </>
        )}
      </div>
      {stack === undefined ? <p className={styles.empty}>{texts.emptyPane}</p> : null}
      {error === undefined ? null : (
        <p className={styles.paneError} role="alert">
          {texts.failed}: {error}
        </p>
      )}
      {stack === undefined ? null : <PaneScrollBar stack={stack} cell={cell} loaded={loaded} />}
      {stack === undefined || stack.axes.length === 0 ? null : <PaneSliders stack={stack} cell={cell} />}
    </section>
  );
}

interface Moved {
  readonly stack: PictureStack;
  readonly cell: number;
}

function PaneScrollBar({ stack, cell, loaded }: Moved & { readonly loaded: ReadonlySet<string> }): ReactNode {
  const { goTo } = useRoomContext();
  const index = useRoomState(({ cells }) => cells[cell]?.index ?? 0);
  return <StackScrollBar stack={stack} index={index} loaded={loaded} onIndex={(to) => goTo(cell, to)} />;
}

function PaneSliders({ stack, cell }: Moved): ReactNode {
  const { goTo } = useRoomContext();
  const index = useRoomState(({ cells }) => cells[cell]?.index ?? 0);
  return <AxisSliders stack={stack} index={index} onIndex={(to) => goTo(cell, to)} />;
}

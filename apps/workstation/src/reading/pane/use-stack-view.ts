import { type RefObject, useEffect, useRef, useState } from "react";
import { openStackView } from "../../viewport/open-stack-view.ts";
import type { StackView, ViewState } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";
import { inStack } from "../room-state.ts";

/** The view of a pane. */
export interface PaneView {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly view: StackView | undefined;
  /** As it was drawn last. */
  readonly drawn: ViewState | undefined;
  readonly error: string | undefined;
}

/** Shows a stack in an element, at an index that may change; a view is closed with its stack. */
export function useStackView(stack: PictureStack | undefined, index: number): PaneView {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<StackView>();
  const [, setTick] = useState(0);
  const [error, setError] = useState<string>();
  const first = useRef(index);
  first.current = index;
  useEffect(() => {
    const { current } = element;
    if (stack === undefined || current === null) return;
    let isClosed = false;
    let opened: StackView | undefined;
    setError(undefined);
    const options = {
      pictures: stack.pictures,
      index: inStack(stack, first.current),
      onDrawn: () => setTick((tick) => tick + 1),
    };
    openStackView(current, options).then(
      (made) => {
        opened = made;
        if (isClosed) made.destroy();
        else setView(made);
      },
      (cause: unknown) => isClosed || setError(cause instanceof Error ? cause.message : String(cause)),
    );
    const observer = new ResizeObserver(() => opened?.resize());
    observer.observe(current);
    return () => {
      isClosed = true;
      observer.disconnect();
      opened?.destroy();
      setView(undefined);
    };
  }, [stack]);
  useEffect(() => {
    if (view === undefined || stack === undefined) return;
    let isLatest = true;
    view.goTo(inStack(stack, index)).then(
      () => isLatest && setError(undefined),
      (cause: unknown) => isLatest && setError(cause instanceof Error ? cause.message : String(cause)),
    );
    return () => {
      isLatest = false;
    };
  }, [view, stack, index]);
  return { element, view, drawn: view?.state(), error };
}

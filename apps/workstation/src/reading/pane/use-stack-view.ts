import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useIsOnline } from "../../api/connection.ts";
import { openStackView } from "../../viewport/open-stack-view.ts";
import type { StackView, ViewState } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";
import { useRoomContext } from "../room-context.ts";
import { inStack } from "../room-state.ts";

/** The view of a pane. */
export interface PaneView {
  readonly element: RefObject<HTMLDivElement | null>;
  /** Absent until something was drawn. */
  readonly view: StackView | undefined;
  /** As it was drawn last. */
  readonly drawn: ViewState | undefined;
  readonly error: string | undefined;
}

interface Failure {
  readonly stack: PictureStack;
  readonly reason: string;
}

/** Shows a viewport's stack in an element; the view follows the room's index. */
export function useStackView(stack: PictureStack | undefined, cell: number): PaneView {
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<StackView>();
  const [drawn, setDrawn] = useState<ViewState>();
  const [failure, setFailure] = useState<Failure>();
  useLayoutEffect(() => {
    const { current } = element;
    if (stack === undefined || current === null) return;
    const made = openStackView(current, {
      pictures: stack.pictures,
      // What is written over a picture comes to the screen together with it.
      onDrawn: (state) => flushSync(() => setDrawn(state)),
    });
    setView(made);
    return () => {
      made.destroy();
      setView(undefined);
      setDrawn(undefined);
    };
  }, [stack]);
  useFollowing(view, { stack, cell, setFailure });
  const error = failure !== undefined && failure.stack === stack ? failure.reason : undefined;
  return { element, error, drawn, view: drawn === undefined ? undefined : view };
}

/** Keeps a view at the index of its viewport, and says where a picture does not come. */
function useFollowing(
  view: StackView | undefined,
  {
    stack,
    cell,
    setFailure,
  }: {
    readonly stack: PictureStack | undefined;
    readonly cell: number;
    readonly setFailure: (failure: Failure | undefined) => void;
  },
): void {
  const { store } = useRoomContext();
  const isOnline = useIsOnline();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what did not come is asked for again when the server is back.
  useEffect(() => {
    if (view === undefined || stack === undefined) return;
    let wanted: number | undefined;
    const follow = (): void => {
      const { stackId, index: now = 0 } = store.now().cells[cell] ?? {};
      const at = inStack(stack, now);
      // Another stack has come to the viewport: this view is about to be closed.
      if (at === wanted || stackId !== stack.id) return;
      wanted = at;
      view.goTo(at).then(
        () => wanted === at && setFailure(undefined),
        (cause: unknown) => wanted === at && setFailure({ stack, reason: reasonOf(cause) }),
      );
    };
    follow();
    const stop = store.subscribe(follow);
    return () => {
      wanted = undefined;
      stop();
    };
  }, [view, stack, cell, store, setFailure, isOnline]);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

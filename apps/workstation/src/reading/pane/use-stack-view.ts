import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { useIsOnline } from "../../api/connection.ts";
import { afterPaint } from "../../viewport/after-paint.ts";
import type { openStackView } from "../../viewport/open-stack-view.ts";
import { loadNow } from "../../viewport/picture-store.ts";
import type { StackView, ViewState } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";
import { inStack } from "../room-state.ts";
import { type FirstPicture, useFirstPicture } from "./use-first-picture.ts";

/** The view of a pane. */
export interface PaneView {
  readonly element: RefObject<HTMLDivElement | null>;
  /** Whether the viewer has drawn: until then the page draws. */
  readonly isStarted: boolean;
  /** Absent until something was drawn. */
  readonly view: StackView | undefined;
  /** What is shown until the viewer has drawn for the first time. */
  readonly first: FirstPicture | undefined;
  /** As it was drawn last. */
  readonly drawn: ViewState | undefined;
  readonly error: string | undefined;
}

/** Shows a stack in an element, at an index that may change: by the page itself, then by the viewer. */
export function useStackView(stack: PictureStack | undefined, index: number): PaneView {
  const element = useRef<HTMLDivElement>(null);
  const { view, error } = useViewer(element, stack, index);
  const picture = view === undefined ? stack?.pictures[inStack(stack, index)] : undefined;
  const { first, chosen } = useFirstPicture(element, picture, stack?.id);
  const take = useEffectEvent((started: StackView) => {
    if (chosen !== undefined) started.setRange(chosen);
  });
  useEffect(() => {
    if (view !== undefined) take(view);
  }, [view]);
  return {
    ...{ element, first, error, isStarted: view !== undefined },
    view: view ?? first?.view,
    drawn: first?.drawn ?? view?.state(),
  };
}

/** The viewer once it has drawn, and why it has not; a view is closed with its stack. */
function useViewer(
  element: RefObject<HTMLDivElement | null>,
  stack: PictureStack | undefined,
  index: number,
): { readonly view: StackView | undefined; readonly error: string | undefined } {
  const [view, setView] = useState<StackView>();
  const [hasDrawn, setHasDrawn] = useState(false);
  const [, setTick] = useState(0);
  const [failure, setFailure] = useState<{ readonly stack: PictureStack; readonly reason: string }>();
  const error = failure !== undefined && failure.stack === stack ? failure.reason : undefined;
  const isOnline = useIsOnline();
  const wanted = useRef(index);
  wanted.current = index;
  const [attempt, setAttempt] = useState(0);
  const hasFailed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what could not be opened is tried again at another picture, and when the server is back.
  useEffect(() => {
    if (hasFailed.current) setAttempt((count) => count + 1);
  }, [index, isOnline]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt that failed is made again.
  useEffect(() => {
    const { current } = element;
    if (stack === undefined || current === null) return;
    hasFailed.current = false;
    let isClosed = false;
    let opened: StackView | undefined;
    const options = {
      pictures: stack.pictures,
      index: inStack(stack, wanted.current),
      onDrawn: () => {
        setHasDrawn(true);
        setTick((tick) => tick + 1);
      },
    };
    openAfterFirst(current, options).then(
      (made) => {
        opened = made;
        if (isClosed) made.destroy();
        else {
          setFailure(undefined);
          setView(made);
        }
      },
      (cause: unknown) => {
        if (isClosed) return;
        hasFailed.current = true;
        setFailure({ stack, reason: reasonOf(cause) });
      },
    );
    const observer = new ResizeObserver(() => opened?.resize());
    observer.observe(current);
    return () => {
      isClosed = true;
      observer.disconnect();
      opened?.destroy();
      setView(undefined);
      setHasDrawn(false);
    };
  }, [stack, attempt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what did not come is asked for again when the server is back.
  useEffect(() => {
    if (view === undefined || stack === undefined) return;
    let isLatest = true;
    view.goTo(inStack(stack, index)).then(
      () => isLatest && setFailure(undefined),
      (cause: unknown) => isLatest && setFailure({ stack, reason: reasonOf(cause) }),
    );
    return () => {
      isLatest = false;
    };
  }, [view, stack, index, isOnline]);
  return { view: hasDrawn ? view : undefined, error };
}

/** Opens the viewer when its first picture is on the screen: starting it takes the page's time. */
async function openAfterFirst(
  element: HTMLDivElement,
  options: Parameters<typeof openStackView>[1],
): Promise<StackView> {
  const picture = options.pictures[options.index];
  if (picture !== undefined) await loadNow(picture);
  await afterPaint();
  const viewer = await import("../../viewport/open-stack-view.ts");
  return viewer.openStackView(element, options);
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

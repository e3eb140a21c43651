import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { useIsOnline } from "../../api/connection.ts";
import { afterPaint } from "../../viewport/after-paint.ts";
import type { openStackView } from "../../viewport/open-stack-view.ts";
import { loadNow } from "../../viewport/picture-store.ts";
import type { StackView, ViewState } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";
import { useRoomContext, useRoomState } from "../room-context.ts";
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

interface Failure {
  readonly stack: PictureStack;
  readonly reason: string;
}

/** Shows a viewport's stack in an element: by the page itself, then by the viewer, which follows the room's index. */
export function useStackView(stack: PictureStack | undefined, cell: number): PaneView {
  const element = useRef<HTMLDivElement>(null);
  const { view, error, index } = useViewer(element, stack, cell);
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
  cell: number,
): { readonly view: StackView | undefined; readonly error: string | undefined; readonly index: number } {
  const { store } = useRoomContext();
  const [view, setView] = useState<StackView>();
  const [hasDrawn, setHasDrawn] = useState(false);
  const [, setTick] = useState(0);
  const [failure, setFailure] = useState<Failure>();
  const error = failure !== undefined && failure.stack === stack ? failure.reason : undefined;
  const isOnline = useIsOnline();
  const started = hasDrawn ? view : undefined;
  // Once the viewer has started nothing but what it has drawn makes the viewport new.
  const index = useRoomState(({ cells }) => (started === undefined ? (cells[cell]?.index ?? 0) : 0));
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
      index: inStack(stack, store.now().cells[cell]?.index ?? 0),
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
  }, [stack, cell, store, attempt]);
  useFollowing(view, { stack, cell, setFailure });
  return { view: started, error, index };
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

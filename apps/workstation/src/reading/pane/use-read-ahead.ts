import { useEffect, useState } from "react";
import { useIsOnline } from "../../api/connection.ts";
import { loadAhead, loadedPicture } from "../../viewport/picture-store.ts";
import type { PictureStack } from "../picture-stacks.ts";

/** Pictures that are asked for at once ahead of the reader: what he looks at is never behind more than these. */
const atOnce = 6;

/** Milliseconds in which arrivals are gathered before the scroll bar is drawn anew. */
const gatherMs = 250;

/** Loads a stack from the picture that is looked at outwards; which are there. */
export function useReadAhead(stack: PictureStack | undefined, start: number): ReadonlySet<string> {
  const [loaded, setLoaded] = useState<ReadonlySet<string>>(() => thereOf(stack));
  const isOnline = useIsOnline();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order begins where the stack was opened.
  useEffect(() => {
    if (stack === undefined || !isOnline) return;
    let isOver = false;
    const there = thereOf(stack);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tellNow = (): void => {
      clearTimeout(timer);
      timer = undefined;
      if (!isOver) setLoaded(new Set(there));
    };
    const tell = (): void => {
      if (there.size === stack.pictures.length) tellNow();
      else timer ??= setTimeout(tellNow, gatherMs);
    };
    const order = outwards(stack.pictures.length, start).values();
    const load = async (): Promise<void> => {
      for (const at of order) {
        const picture = stack.pictures[at];
        if (isOver || picture === undefined) return;
        // What fails is asked for again when somebody looks at it, and says then what is wrong.
        await loadAhead(picture).then(
          () => there.add(picture.id),
          () => {},
        );
        tell();
      }
    };
    tell();
    for (let worker = 0; worker < atOnce; worker += 1) load();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [stack, isOnline]);
  return loaded;
}

/** Names of the pictures that are loaded already. */
function thereOf(stack: PictureStack | undefined): Set<string> {
  const there = stack?.pictures.filter((picture) => loadedPicture(picture) !== undefined) ?? [];
  return new Set(there.map(({ id }) => id));
}

/** The indexes of a stack from one outwards: 5, 6, 4, 7, 3 … */
export function outwards(count: number, start: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => Math.abs(a - start) - Math.abs(b - start) || b - a,
  );
}

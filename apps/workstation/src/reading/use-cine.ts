import { useEffect } from "react";
import type { PictureStack } from "./picture-stacks.ts";
import type { Room } from "./room-context.ts";
import { useStoreState } from "./room-store.ts";
import { indexAt, placeOf, sliceCount } from "./stack-place.ts";
import { recordedRate, timeAxisOf } from "./time-axis.ts";

/** Plays the active stack: through time where it has time, and the slice stays; else through its slices. */
export function useCine({ store, stacks, goTo }: Room): void {
  const isPlaying = useStoreState(store, (state) => state.isPlaying);
  const active = useStoreState(store, (state) => state.active);
  const chosenRate = useStoreState(store, (state) => state.framesPerSecond);
  const stackId = useStoreState(store, (state) => state.cells[state.active]?.stackId);
  useEffect(() => {
    const stack = stacks.find(({ id }) => id === stackId);
    if (!isPlaying || stack === undefined || stack.pictures.length < 2) return;
    const next = (): void => goTo(active, nextOfCine(stack, store.now().cells[active]?.index ?? 0));
    const timer = setInterval(next, 1000 / (chosenRate ?? recordedRate(stack)));
    return () => clearInterval(timer);
  }, [isPlaying, active, stackId, stacks, chosenRate, goTo, store]);
}

/** The picture after one, again from the beginning at the end. */
export function nextOfCine(stack: Pick<PictureStack, "pictures" | "axes">, index: number): number {
  const time = timeAxisOf(stack);
  const place = placeOf(stack, index);
  if (time === undefined) return indexAt(stack, { ...place, slice: (place.slice + 1) % sliceCount(stack) });
  const count = stack.axes[time]?.coordinates.length ?? 1;
  return indexAt(stack, { ...place, points: place.points.map((at, axis) => (axis === time ? (at + 1) % count : at)) });
}

import { useEffect } from "react";
import type { PictureStack } from "./picture-stacks.ts";
import type { Room } from "./room-context.ts";
import { indexAt, placeOf, sliceCount } from "./stack-place.ts";
import { recordedRate, timeAxisOf } from "./time-axis.ts";

/** Plays the active stack: through time where it has time, and the slice stays; else through its slices. */
export function useCine({ state, goTo, stackOf }: Room): void {
  const { isPlaying, active, cells } = state;
  const stack = stackOf(active);
  const index = cells[active]?.index ?? 0;
  const rate = state.framesPerSecond ?? (stack === undefined ? 1 : recordedRate(stack));
  useEffect(() => {
    if (!isPlaying || stack === undefined || stack.pictures.length < 2) return;
    const timer = setTimeout(() => goTo(active, nextOfCine(stack, index)), 1000 / rate);
    return () => clearTimeout(timer);
  }, [isPlaying, active, index, stack, rate, goTo]);
}

/** The picture after one, again from the beginning at the end. */
export function nextOfCine(stack: Pick<PictureStack, "pictures" | "axes">, index: number): number {
  const time = timeAxisOf(stack);
  const place = placeOf(stack, index);
  if (time === undefined) return indexAt(stack, { ...place, slice: (place.slice + 1) % sliceCount(stack) });
  const count = stack.axes[time]?.coordinates.length ?? 1;
  return indexAt(stack, { ...place, points: place.points.map((at, axis) => (axis === time ? (at + 1) % count : at)) });
}

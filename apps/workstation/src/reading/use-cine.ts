import { useEffect } from "react";
import type { Room } from "./room-context.ts";

/** Plays the active stack, again from its beginning at its end. */
export function useCine({ state, dispatch, stackOf }: Room): void {
  const { isPlaying, active, framesPerSecond, cells } = state;
  const count = stackOf(active)?.pictures.length ?? 0;
  const index = cells[active]?.index ?? 0;
  useEffect(() => {
    if (!isPlaying || count < 2) return;
    const timer = setTimeout(
      () => dispatch({ kind: "index", cell: active, index: (index + 1) % count }),
      1000 / framesPerSecond,
    );
    return () => clearTimeout(timer);
  }, [isPlaying, active, index, count, framesPerSecond, dispatch]);
}

import { useSyncExternalStore } from "react";
import { emptyRoom, nextRoom, type RoomEvent, type RoomState } from "./room-state.ts";

/** What a room shows, outside of React: scrolling draws anew what shows an image, and nothing around it. */
export interface RoomStore {
  /** What is shown at this moment. */
  readonly now: () => RoomState;
  readonly dispatch: (event: RoomEvent) => void;
  /** Calls back after each change, until what it gives is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A room in which nothing was chosen. */
export function createRoomStore(): RoomStore {
  let state = emptyRoom;
  const listeners = new Set<() => void>();
  return {
    now: () => state,
    dispatch: (event) => {
      const next = nextRoom(state, event);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * A part of what the room shows; the component is drawn anew when that part changes.
 *
 * @param select gives the same value, by identity, while its part does not change
 */
export function useStoreState<T>({ subscribe, now }: RoomStore, select: (state: RoomState) => T): T {
  return useSyncExternalStore(subscribe, () => select(now()));
}

/** Settles when nothing has changed for so many milliseconds. */
export function whenStill({ subscribe }: Pick<RoomStore, "subscribe">, stillMs: number): Promise<void> {
  return new Promise((settle) => {
    const end = (): void => {
      stop();
      settle();
    };
    let timer = setTimeout(end, stillMs);
    const stop = subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(end, stillMs);
    });
  });
}

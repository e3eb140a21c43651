import { useSyncExternalStore } from "react";
import { serverUrl } from "./server-url.ts";

/** Whether the server answers, as the last request found it. */
export interface Connection {
  readonly isOnline: () => boolean;
  /** A request got no answer: asks again until one comes. */
  readonly lost: () => void;
  /** A stream has ended, which may mean nothing: asks once. */
  readonly doubt: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Milliseconds between two attempts to reach a server that is away. */
const askEveryMs = 1500;

/** Watches whether the server answers. */
export function createConnection(): Connection {
  let isOnline = true;
  const listeners = new Set<() => void>();
  const set = (value: boolean): void => {
    if (isOnline === value) return;
    isOnline = value;
    for (const listener of listeners) listener();
  };
  const ask = async (): Promise<void> => {
    const isBack = await fetch(serverUrl("healthz"), { cache: "no-store" }).then(
      (answer) => answer.ok,
      () => false,
    );
    set(isBack);
    if (!isBack) setTimeout(ask, askEveryMs);
  };
  return {
    isOnline: () => isOnline,
    lost: () => {
      if (!isOnline) return;
      set(false);
      setTimeout(ask, askEveryMs);
    },
    doubt: () => {
      if (isOnline) ask();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The connection of this page. */
export const connection: Connection = createConnection();

/** Whether the server answers. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(connection.subscribe, connection.isOnline);
}

/** A pause that others can end. */
export interface WakeablePause {
  /** Settles after `ms`, or once it is ended; at once where the signal is aborted. */
  of(ms: number, signal: AbortSignal): Promise<void>;
  end(): void;
}

/** A pause of one waiter. */
export function wakeablePause(): WakeablePause {
  let end = (): void => {};
  return {
    of: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, signal.aborted ? 0 : ms);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    end: () => end(),
  };
}

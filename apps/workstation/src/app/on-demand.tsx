import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/** A component whose code comes when it is first needed. */
export interface OnDemand<Props> {
  readonly Component: ComponentType<Props>;
  /** Loads it before it is needed. @rejects where it does not come */
  readonly preload: () => Promise<void>;
}

/**
 * Makes a component of code that is loaded when it is first shown. What is loaded already is shown at once, and what comes is
 * shown when it comes: React's own `lazy` suspends even then, and holds what comes back for 300 ms after a fallback.
 *
 * @param Fallback what stands there meanwhile
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Fallback: ComponentType = () => null,
): OnDemand<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const preload = (): Promise<void> => {
    loading ??= load().then(
      (component) => {
        Loaded = component;
      },
      (cause: unknown) => {
        // It is asked for again the next time.
        loading = undefined;
        throw cause;
      },
    );
    return loading;
  };
  function Component(props: Props): ReactNode {
    const [, setLoaded] = useState(Loaded !== undefined);
    useEffect(() => {
      let isShown = true;
      preload().then(
        () => isShown && setLoaded(true),
        (cause: unknown) =>
          isShown &&
          setLoaded(() => {
            throw cause;
          }),
      );
      return () => {
        isShown = false;
      };
    }, []);
    return Loaded === undefined ? <Fallback /> : <Loaded {...props} />;
  }
  return { Component, preload };
}

import { type CSSProperties, memo, type ReactNode, useEffect, useRef } from "react";
import { onDemand } from "../app/on-demand.tsx";
import { whenAllLoaded } from "../viewport/picture-store.ts";
import { StackPane } from "./pane/stack-pane.tsx";
import styles from "./reading.module.css";
import { useRoomContext, useRoomState, useShownStack } from "./room-context.ts";
import { cellCount, gridOf, type Layout } from "./room-state.ts";

/** Planes through a volume are loaded when the images are, or when they are first asked for. */
const planes = onDemand(async () => (await import("./mpr/planes-grid.tsx")).PlanesGrid);

/** Milliseconds after the first image in which the others have been asked for. */
const settleMs = 500;

/** The viewports in the middle. */
export const ViewportGrid = memo(function ViewportGrid(): ReactNode {
  const { dispatch, hasShown } = useRoomContext();
  const layout = useRoomState((state) => state.layout);
  const hasPlanes = useRoomState((state) => state.hasPlanes);
  const before = useRef<Layout>("1x1");
  useEffect(() => {
    if (!hasShown) return;
    // What does not come says so where it is needed.
    const load = (): Promise<unknown> => planes.preload().catch(() => {});
    const timer = setTimeout(() => whenAllLoaded().then(load), settleMs);
    return () => clearTimeout(timer);
  }, [hasShown]);
  const active = useShownStack(useRoomState((state) => state.active));
  if (hasPlanes && active !== undefined) {
    return <planes.Component key={active.id} stack={active} />;
  }
  const alone = (cell: number): void => {
    dispatch({ kind: "activate", cell });
    if (layout !== "1x1") before.current = layout;
    dispatch({ kind: "layout", layout: layout === "1x1" ? before.current : "1x1" });
  };
  return (
    <div className={styles.grid} data-layout={layout} style={gridStyle(layout)}>
      {Array.from({ length: cellCount(layout) }, (_, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a viewport is its place.
        <StackPane key={cell} cell={cell} onAlone={() => alone(cell)} />
      ))}
    </div>
  );
});

function gridStyle(layout: Layout): CSSProperties {
  const [columns, rows] = gridOf(layout);
  return { gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))` };
}

import { type CSSProperties, lazy, type ReactNode, Suspense, useRef } from "react";
import { StackPane } from "./pane/stack-pane.tsx";
import styles from "./reading.module.css";
import { useRoomContext, useRoomState, useShownStack } from "./room-context.ts";
import { cellCount, gridOf, type Layout } from "./room-state.ts";

/** Planes through a volume are loaded when they are first asked for. */
const PlanesGrid = lazy(async () => ({ default: (await import("./mpr/planes-grid.tsx")).PlanesGrid }));

/** The viewports in the middle. */
export function ViewportGrid(): ReactNode {
  const { dispatch } = useRoomContext();
  const layout = useRoomState((state) => state.layout);
  const hasPlanes = useRoomState((state) => state.hasPlanes);
  const before = useRef<Layout>("1x1");
  const active = useShownStack(useRoomState((state) => state.active));
  if (hasPlanes && active !== undefined) {
    return (
      <Suspense fallback={null}>
        <PlanesGrid key={active.id} stack={active} />
      </Suspense>
    );
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
}

function gridStyle(layout: Layout): CSSProperties {
  const [columns, rows] = gridOf(layout);
  return { gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))` };
}

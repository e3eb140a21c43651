import type { ReactNode } from "react";
import type { CanvasPoint, ViewState } from "../../viewport/view.ts";
import styles from "../reading.module.css";
import { handlesOf } from "./crosshair-handles.ts";

/** CSS pixels around the point that stay free. */
const gapPx = 14;

/** Where the other two planes cut this one, with handles that turn them. */
export function Crosshair({
  drawn,
  at: [x, y],
  cuts,
}: {
  readonly drawn: ViewState;
  /** Where the planes meet, CSS pixels. */
  readonly at: CanvasPoint;
  /** Directions of the lines on the screen. */
  readonly cuts: readonly CanvasPoint[];
}): ReactNode {
  const { widthPx, heightPx } = drawn;
  const far = widthPx + heightPx;
  return (
    <svg
      className={styles.marksLayer}
      width={widthPx}
      height={heightPx}
      aria-hidden="true"
      stroke="#5eead4"
      opacity="0.8"
    >
      {cuts.flatMap(([dx, dy]) =>
        [1, -1].map((sign) => (
          <line
            key={`${dx} ${dy} ${sign}`}
            x1={x + sign * gapPx * dx}
            y1={y + sign * gapPx * dy}
            x2={x + sign * far * dx}
            y2={y + sign * far * dy}
          />
        )),
      )}
      {handlesOf([x, y], cuts, drawn).map(([hx, hy]) => (
        <circle key={`${hx} ${hy}`} cx={hx} cy={hy} r={4} fill="#0b1416" data-testid="turn-handle" />
      ))}
    </svg>
  );
}

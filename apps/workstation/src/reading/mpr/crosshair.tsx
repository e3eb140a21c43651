import type { ReactNode } from "react";
import type { Lps } from "../../picture/plane.ts";
import type { ViewState } from "../../viewport/view.ts";
import styles from "../reading.module.css";

/** CSS pixels around the point that stay free. */
const gapPx = 14;

/** Where the other two planes cut this one. */
export function Crosshair({ drawn, point }: { readonly drawn: ViewState; readonly point: Lps }): ReactNode {
  const { widthPx, heightPx } = drawn;
  const [x, y] = drawn.toCanvas(point);
  return (
    <svg
      className={styles.marksLayer}
      width={widthPx}
      height={heightPx}
      aria-hidden="true"
      stroke="#5eead4"
      opacity="0.8"
    >
      <line x1={0} y1={y} x2={x - gapPx} y2={y} />
      <line x1={x + gapPx} y1={y} x2={widthPx} y2={y} />
      <line x1={x} y1={0} x2={x} y2={y - gapPx} />
      <line x1={x} y1={y + gapPx} x2={x} y2={heightPx} />
    </svg>
  );
}

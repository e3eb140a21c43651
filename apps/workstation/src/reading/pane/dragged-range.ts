import type { ValueRange } from "../../viewport/view.ts";

/** CSS pixels of a drag that change the window by its own width. */
const pxPerWidth = 300;

/** The narrowest window that a drag leads to, in the unit of the values. */
const leastWidth = 1e-6;

/** A window after a drag: to the right wider, down darker, as fast as it is wide. */
export function draggedRange({ lower, upper }: ValueRange, x: number, y: number): ValueRange {
  const width = upper - lower;
  const wider = Math.max(leastWidth, width * (1 + x / pxPerWidth));
  const center = (lower + upper) / 2 + (width * y) / pxPerWidth;
  return { lower: center - wider / 2, upper: center + wider / 2 };
}

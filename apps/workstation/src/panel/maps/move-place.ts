import type { ShownMap } from "../../measuring/measuring-messages.ts";
import type { MapPlace } from "./map-group.ts";

type Size = Pick<ShownMap, "columns" | "rows" | "slices">;

/** The voxel under a point of the drawn slice, which is given as parts of its width and height. */
export function placeUnder(size: Size, slice: number, { x, y }: { readonly x: number; readonly y: number }): MapPlace {
  return within(size, { column: Math.floor(x * size.columns), row: Math.floor(y * size.rows), slice });
}

const steps: Readonly<Record<string, readonly [column: number, row: number, slice: number]>> = {
  ArrowLeft: [-1, 0, 0],
  ArrowRight: [1, 0, 0],
  ArrowUp: [0, -1, 0],
  ArrowDown: [0, 1, 0],
  PageUp: [0, 0, 1],
  PageDown: [0, 0, -1],
};

/** Voxels that an arrow moves by with Shift. */
const leap = 10;

/** Where a key leads to; nothing for a key that does not move. */
export function movedBy(
  size: Size,
  from: MapPlace,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
): MapPlace | undefined {
  const step = steps[key];
  if (step === undefined) return undefined;
  const [column, row, slice] = step;
  const by = shiftKey ? leap : 1;
  return within(size, { column: from.column + by * column, row: from.row + by * row, slice: from.slice + slice });
}

function within({ columns, rows, slices }: Size, { column, row, slice }: MapPlace): MapPlace {
  return { column: clamp(column, columns), row: clamp(row, rows), slice: clamp(slice, slices) };
}

function clamp(index: number, count: number): number {
  return Math.min(count - 1, Math.max(0, index));
}

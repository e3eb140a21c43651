import type { ParametricMap } from "@etalon/measure";
import { dot, normalOf } from "../picture/plane.ts";
import type { ShownMap } from "./measuring-messages.ts";

/** A map as the page draws it: without the volume whose grid it has. */
export function shownMap({ grid, ...map }: ParametricMap): ShownMap {
  const { columns, rows, slices, columnSpacingMm, rowSpacingMm, sliceOriginsLpsMm: origins } = grid;
  const normal = normalOf(grid);
  const positionsMm = Array.from({ length: slices }, (_, k) => {
    const [x = 0, y = 0, z = 0] = origins.subarray(3 * k, 3 * k + 3);
    return dot([x, y, z], normal);
  });
  return { ...map, columns, rows, slices, columnSpacingMm, rowSpacingMm, positionsMm };
}

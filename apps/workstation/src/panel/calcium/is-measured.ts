import type { Picture } from "../../picture/picture.ts";
import type { Reading } from "../reading-context.ts";

/** Whether a picture is of the grid that was measured: of its series, with its rows and columns in the same place. */
export function isMeasured({ header, plane }: Picture, { map, roles }: Pick<Reading, "map" | "roles">): boolean {
  const grid = map?.located.grid;
  if (grid === undefined) return false;
  const isAlong = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((value, at) => Math.abs(value - (b[at] ?? 0)) < 1e-4);
  return (
    roles.some(({ chosen }) => chosen?.seriesInstanceUid === header.seriesInstanceUid) &&
    header.rows === grid.rows &&
    header.columns === grid.columns &&
    isAlong(plane.rowDirection, grid.rowDirection) &&
    isAlong(plane.columnDirection, grid.columnDirection) &&
    Math.abs(plane.spacingMm[0] - grid.rowSpacingMm) < 1e-4
  );
}

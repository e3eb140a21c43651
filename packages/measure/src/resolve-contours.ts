import { RefusalError } from "@etalon/base";
import type { StackFrame, Volume } from "@etalon/volume";
import type { Region } from "./marks.ts";
import { type ColumnRow, crossesItself, fillPolygon, polygonArea } from "./polygon.ts";
import type { SeriesInput } from "./protocol.ts";
import type { Structure } from "./structure.ts";

/** The shape of a contour. */
export type ContourShape = Extract<Region["shape"], { readonly kind: "contour" }>;

/** A contour of the marks, drawn on one of the images of an input. */
export interface ContourRegion {
  readonly id: string;
  readonly label: string;
  readonly shape: ContourShape;
}

/** A contour may lie this far from its image's plane, mm: more than the rounding of any viewer, less than a slice. */
const offPlaneToleranceMm = 1;

/** Whether a frame is the one that a contour names. */
export function isFrameOf({ sopInstanceUid, frameNumber }: ContourShape, { instance, header }: StackFrame): boolean {
  return instance.header.sopInstanceUid === sopInstanceUid && header.frameIndex === frameNumber - 1;
}

/**
 * The structures that contours draw on an input, one for each label; several contours of one label in one slice add up.
 *
 * @throws {RefusalError} `contour-malformed` for one that crosses itself, has no area, lies outside its image, or names an
 *   image that is not measured; `contour-off-plane`
 */
export function resolveContours(contours: readonly ContourRegion[], role: string, input: SeriesInput): Structure[] {
  const { volume, stack } = input;
  const byLabel = Map.groupBy(contours, ({ label }) => label);
  return [...byLabel].map(([label, own]) => {
    const voxels = new Uint8Array(volume.values.length);
    const areaMm2 = new Float64Array(volume.slices);
    const perSlice = volume.columns * volume.rows;
    for (const { id, shape } of own) {
      const frame = stack.frames.findIndex((one) => isFrameOf(shape, one));
      // Frames are ordered by slice; of several images of one slice any may have been drawn on.
      const slice = Math.floor((frame * volume.slices) / stack.frames.length);
      if (frame === -1) throw unusable(id, `no image ${shape.sopInstanceUid} in ${role}`);
      const corners = cornersOf(id, shape, { volume, slice });
      fillPolygon(voxels.subarray(slice * perSlice, (slice + 1) * perSlice), corners, volume);
      areaMm2[slice] += polygonArea(corners) * volume.columnSpacingMm * volume.rowSpacingMm;
    }
    return { role, label, source: "contours" as const, areaMm2, voxels };
  });
}

function cornersOf(
  id: string,
  shape: ContourShape,
  { volume, slice }: { readonly volume: Volume; readonly slice: number },
): readonly ColumnRow[] {
  const corners = shape.pointsColumnRow ?? (shape.pointsLpsMm ?? []).map((point) => toImage(point, volume, slice, id));
  if (crossesItself(corners)) throw unusable(id, "crosses itself");
  if (!(polygonArea(corners) > 0)) throw unusable(id, "no area");
  const isOutside = corners.some(
    ([column, row]) => column < -0.5 || row < -0.5 || column > volume.columns - 0.5 || row > volume.rows - 0.5,
  );
  if (isOutside) throw unusable(id, "outside its image");
  return corners;
}

// biome-ignore lint/complexity/useMaxParams: a map's body of one line.
function toImage(point: readonly [number, number, number], volume: Volume, slice: number, id: string): ColumnRow {
  const origin = volume.sliceOriginsLpsMm.subarray(3 * slice, 3 * slice + 3);
  const [x, y, z] = [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]];
  const along = ([a, b, c]: readonly [number, number, number]): number => x * a + y * b + z * c;
  const offMm = Math.abs(along(volume.normal));
  if (offMm > offPlaneToleranceMm) {
    throw new RefusalError("contour-off-plane", { field: id, received: Math.round(offMm * 10) / 10 });
  }
  return [along(volume.rowDirection) / volume.columnSpacingMm, along(volume.columnDirection) / volume.rowSpacingMm];
}

function unusable(id: string, received: string): RefusalError {
  return new RefusalError("contour-malformed", { field: id, received });
}

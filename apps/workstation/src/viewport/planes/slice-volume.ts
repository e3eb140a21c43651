import type { PictureValues } from "../../picture/picture.ts";
import { dot, type Lps, normalOf } from "../../picture/plane.ts";
import { loadedPicture } from "../picture-store.ts";
import type { SliceOrder } from "../slice-order.ts";

/** Parallel slices at one distance, each where it was decoded to. */
export interface SliceVolume {
  /** In the order of their normal; `columns` × `rows` values each, of any kind of number. */
  readonly slices: readonly PictureValues[];
  readonly columns: number;
  readonly rows: number;
  /** Centre of the first voxel of the first slice. */
  readonly originLpsMm: Lps;
  /** Where column, row and slice increase: unit vectors. */
  readonly directions: readonly [Lps, Lps, Lps];
  /** Between columns, rows and slices, mm. */
  readonly spacingMm: readonly [number, number, number];
}

/** The volume of slices that are loaded; nothing where one is not, or is of another size. */
export function sliceVolume({ pictures, spacingMm }: SliceOrder): SliceVolume | undefined {
  const [first] = pictures;
  const decoded = first === undefined ? undefined : loadedPicture(first);
  if (first === undefined || decoded === undefined) return undefined;
  const { rows, columns } = decoded;
  const slices = pictures.flatMap((picture) => {
    const values = loadedPicture(picture)?.values;
    return values?.length === rows * columns ? [values] : [];
  });
  if (slices.length !== pictures.length) return undefined;
  const { plane } = first;
  return {
    ...{ slices, columns, rows, originLpsMm: plane.originLpsMm },
    directions: [plane.rowDirection, plane.columnDirection, normalOf(plane)],
    spacingMm: [plane.spacingMm[1], plane.spacingMm[0], spacingMm],
  };
}

/** The middle of a volume, patient LPS, mm. */
export function middleOf(volume: SliceVolume): Lps {
  const half = countsOf(volume).map((count, axis) => ((count - 1) / 2) * (volume.spacingMm[axis] ?? 1));
  const at = (axis: 0 | 1 | 2): number =>
    volume.directions.reduce((sum, way, of) => sum + way[axis] * (half[of] ?? 0), volume.originLpsMm[axis]);
  return [at(0), at(1), at(2)];
}

/** How long a volume is along a direction, mm. */
export function extentMm(volume: SliceVolume, direction: Lps): number {
  return countsOf(volume).reduce(
    (sum, count, axis) =>
      sum + Math.abs(dot(volume.directions[axis] ?? direction, direction)) * count * (volume.spacingMm[axis] ?? 1),
    0,
  );
}

/** How far apart its voxels are along a direction, mm: the shortest way to the next along any of its axes. */
export function stepMm(volume: SliceVolume, direction: Lps): number {
  const steps = volume.directions.map((way, axis) => {
    const part = Math.abs(dot(way, direction));
    return part > 1e-6 ? (volume.spacingMm[axis] ?? 1) / part : Number.POSITIVE_INFINITY;
  });
  return Math.min(...steps);
}

/** A direction, or a point when `origin` is given, in voxels: column, row and slice. */
export function inVoxels(volume: SliceVolume, lpsMm: Lps, origin: Lps = [0, 0, 0]): Lps {
  const from: Lps = [lpsMm[0] - origin[0], lpsMm[1] - origin[1], lpsMm[2] - origin[2]];
  const along = (axis: 0 | 1 | 2): number => dot(from, volume.directions[axis]) / volume.spacingMm[axis];
  return [along(0), along(1), along(2)];
}

function countsOf({ columns, rows, slices }: SliceVolume): readonly number[] {
  return [columns, rows, slices.length];
}

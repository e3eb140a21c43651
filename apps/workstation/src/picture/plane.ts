import type { FrameHeader } from "@etalon/dicom";

/** A point or direction, patient LPS, mm. */
export type Lps = readonly [number, number, number];

/** A point of a picture: column and row, the centre of the first pixel at 0, 0. */
export type PixelPoint = readonly [column: number, row: number];

/** Where a picture's pixels lie. */
export interface Plane {
  /** Centre of the first pixel, patient LPS, mm; 0, 0, 0 where the picture says none. */
  readonly originLpsMm: Lps;
  /** Direction of increasing column, unit vector. */
  readonly rowDirection: Lps;
  /** Direction of increasing row, unit vector. */
  readonly columnDirection: Lps;
  /** Between rows, then between columns, mm; 1 where the picture says none. */
  readonly spacingMm: readonly [number, number];
  /** Whether the spacing is said: lengths are millimetres, not pixels. */
  readonly hasSpacing: boolean;
  /** Whether position and orientation in the patient are said. */
  readonly hasOrientation: boolean;
}

/** The plane of a frame. A spacing that is not positive is none: what is drawn is then measured in pixels. */
export function planeOf({ positionLpsMm, orientation, pixelSpacingMm }: FrameHeader): Plane {
  const isSaid = pixelSpacingMm?.every((mm) => mm > 0) === true;
  const [rx, ry, rz, cx, cy, cz] = orientation ?? [1, 0, 0, 0, 1, 0];
  return {
    originLpsMm: positionLpsMm ?? [0, 0, 0],
    rowDirection: [rx, ry, rz],
    columnDirection: [cx, cy, cz],
    spacingMm: isSaid ? pixelSpacingMm : [1, 1],
    hasSpacing: isSaid,
    hasOrientation: orientation !== undefined && positionLpsMm !== undefined,
  };
}

/** Where a point of a picture lies, patient LPS, mm (PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1). */
export function lpsOfPixel(plane: Plane, [column, row]: PixelPoint): Lps {
  const { originLpsMm, rowDirection, columnDirection, spacingMm } = plane;
  const along = column * spacingMm[1];
  const down = row * spacingMm[0];
  const at = (axis: 0 | 1 | 2): number => originLpsMm[axis] + along * rowDirection[axis] + down * columnDirection[axis];
  return [at(0), at(1), at(2)];
}

/** The point of a picture that lies nearest to a point in the patient. */
export function pixelOfLps(plane: Plane, lpsMm: Lps): PixelPoint {
  const { originLpsMm, rowDirection, columnDirection, spacingMm } = plane;
  const from: Lps = [lpsMm[0] - originLpsMm[0], lpsMm[1] - originLpsMm[1], lpsMm[2] - originLpsMm[2]];
  return [dot(from, rowDirection) / spacingMm[1], dot(from, columnDirection) / spacingMm[0]];
}

/** The direction that leads out of a plane: row direction × column direction. */
export function normalOf({
  rowDirection: r,
  columnDirection: c,
}: Pick<Plane, "rowDirection" | "columnDirection">): Lps {
  return [r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]];
}

/** The product of two vectors. */
export function dot(a: Lps, b: Lps): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

import { type Lps, lpsOfPixel, type PixelPoint, type Plane, pixelOfLps } from "../picture/plane.ts";
import type { Placement } from "./placement.ts";
import type { CanvasPoint, ValueRange, ViewState } from "./view.ts";

/** Room for a picture, CSS pixels. */
export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What is known of a picture that is placed. */
export interface PlacedPicture {
  readonly id: string;
  readonly rows: number;
  readonly columns: number;
  readonly plane: Plane;
}

/** Where pixels are drawn: x = a·column + c·row + e, y = b·column + d·row + f, CSS pixels; centre of the first pixel at 0, 0. */
export interface PixelMatrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** Where a picture's pixels are drawn, as far apart as they are in the patient. */
export function matrixOf(
  { rows, columns, plane }: Omit<PlacedPicture, "id">,
  { widthPx, heightPx }: Size,
  { zoom, pan, right, down }: Placement,
): PixelMatrix {
  const [betweenRows, betweenColumns] = plane.spacingMm;
  const [wideMm, highMm] = [columns * betweenColumns, rows * betweenRows];
  const fit = Math.min(
    widthPx / (Math.abs(right[0]) * wideMm + Math.abs(down[0]) * highMm),
    heightPx / (Math.abs(right[1]) * wideMm + Math.abs(down[1]) * highMm),
  );
  const pxPerMm = fit * zoom;
  const [a, b] = [right[0] * betweenColumns * pxPerMm, right[1] * betweenColumns * pxPerMm];
  const [c, d] = [down[0] * betweenRows * pxPerMm, down[1] * betweenRows * pxPerMm];
  const [column, row] = [(columns - 1) / 2, (rows - 1) / 2];
  const e = widthPx / 2 + pan[0] - a * column - c * row;
  const f = heightPx / 2 + pan[1] - b * column - d * row;
  return { a, b, c, d, e, f };
}

/** What a view of a picture says of itself: overlays are drawn by it. */
export function placedState(
  picture: PlacedPicture,
  size: Size,
  { placement, range }: { readonly placement: Placement; readonly range: ValueRange | undefined },
): ViewState {
  const { plane, id } = picture;
  const { a, b, c, d, e, f } = matrixOf(picture, size, placement);
  const determinant = a * d - b * c;
  const toPixel = ([x, y]: CanvasPoint): PixelPoint => [
    (d * (x - e) - c * (y - f)) / determinant,
    (a * (y - f) - b * (x - e)) / determinant,
  ];
  return {
    ...size,
    range,
    zoom: placement.zoom,
    right: patientWay(plane, placement, 0),
    down: patientWay(plane, placement, 1),
    pictureId: id,
    toCanvas: (lpsMm) => {
      const [column, row] = pixelOfLps(plane, lpsMm);
      return [a * column + c * row + e, b * column + d * row + f];
    },
    toLps: (point) => lpsOfPixel(plane, toPixel(point)),
  };
}

/** Where the screen's right (axis 0) or down (axis 1) leads in the patient: the turn is orthogonal, its transpose turns back. */
function patientWay({ rowDirection, columnDirection }: Plane, { right, down }: Placement, axis: 0 | 1): Lps {
  const along = (at: 0 | 1 | 2): number => right[axis] * rowDirection[at] + down[axis] * columnDirection[at];
  return [along(0), along(1), along(2)];
}

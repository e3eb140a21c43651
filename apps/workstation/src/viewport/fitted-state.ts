import { lpsOfPixel, type Plane, pixelOfLps } from "../picture/plane.ts";
import type { ValueRange, ViewState } from "./view.ts";

/** A picture as large as fits, in the middle: CSS pixels from the top left of what holds it. */
export interface Fit {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for a picture, CSS pixels. */
interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What is known of a picture that is fitted. */
export interface FittedPicture {
  readonly id: string;
  readonly rows: number;
  readonly columns: number;
  readonly plane: Plane;
}

/** Where a picture stands when it is shown whole, its pixels as far apart as they are in the patient. */
export function fitOf({ rows, columns, plane }: FittedPicture, { widthPx, heightPx }: Size): Fit {
  const [betweenRows, betweenColumns] = plane.spacingMm;
  const [wideMm, highMm] = [columns * betweenColumns, rows * betweenRows];
  const scale = Math.min(widthPx / wideMm, heightPx / highMm);
  const [width, height] = [wideMm * scale, highMm * scale];
  return { left: (widthPx - width) / 2, top: (heightPx - height) / 2, width, height };
}

/** What a view of that picture says of itself: overlays are drawn by it before the viewer has started. */
export function fittedState(picture: FittedPicture, size: Size, range: ValueRange | undefined): ViewState {
  const { rows, columns, plane, id } = picture;
  const { left, top, width, height } = fitOf(picture, size);
  return {
    ...size,
    range,
    zoom: 1,
    right: plane.rowDirection,
    down: plane.columnDirection,
    pictureId: id,
    // The centre of the first pixel is half a pixel inside of the picture.
    toCanvas: (lpsMm) => {
      const [column, row] = pixelOfLps(plane, lpsMm);
      return [left + ((column + 0.5) * width) / columns, top + ((row + 0.5) * height) / rows];
    },
    toLps: ([x, y]) => lpsOfPixel(plane, [((x - left) * columns) / width - 0.5, ((y - top) * rows) / height - 0.5]),
  };
}

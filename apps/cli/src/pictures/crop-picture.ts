import type { FramePixels } from "@etalon/dicom";
import type { Stack, StackFrame } from "@etalon/volume";

/** An RGB picture, three bytes a pixel, rows from the top. */
export interface Crop {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Half the side of what a picture shows, mm. */
const HALF_SIDE_MM = 24;
/** Side of a picture, pixels. */
const SIDE = 288;
/** Window of a calcium picture: from -160 to 640 HU. */
const WINDOW_FROM_HU = -160;
const WINDOW_WIDTH_HU = 800;
const OUTLINE: readonly [number, number, number] = [255, 196, 0];
/** Pictures side by side in a sheet. */
const SHEET_COLUMNS = 4;
const SHEET_GAP = 6;

/** Where a picture is cut out. */
export interface CropPlace {
  readonly centerLpsMm: readonly [number, number, number];
  /** Whether a point, in mm right of and below the centre, is of what is outlined. */
  readonly isInside: (rightMm: number, downMm: number) => boolean;
  readonly stack: Stack;
}

/** Cuts a square around a point out of a frame, enlarges it without smoothing, and outlines a region. */
export function cropPicture(pixels: FramePixels, frame: StackFrame, place: CropPlace): Crop {
  const valueAt = sampler(pixels, frame, place);
  const { isInside } = place;
  const data = new Uint8Array(SIDE * SIDE * 3);
  const stepMm = (2 * HALF_SIDE_MM) / SIDE;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [right, down] = [(x + 0.5) * stepMm - HALF_SIDE_MM, (y + 0.5) * stepMm - HALF_SIDE_MM];
      const isEdge =
        isInside(right, down) &&
        !(
          isInside(right - stepMm, down) &&
          isInside(right + stepMm, down) &&
          isInside(right, down - stepMm) &&
          isInside(right, down + stepMm)
        );
      const grey = Math.max(0, Math.min(255, ((valueAt(right, down) - WINDOW_FROM_HU) / WINDOW_WIDTH_HU) * 255));
      data.set(isEdge ? OUTLINE : [grey, grey, grey], (y * SIDE + x) * 3);
    }
  }
  return { width: SIDE, height: SIDE, data };
}

/** Value of the pixel under a point, given in mm right of and below the centre; air outside the image. */
function sampler(
  pixels: FramePixels,
  frame: StackFrame,
  place: CropPlace,
): (rightMm: number, downMm: number) => number {
  const { rowDirection: u, columnDirection: v, pixelSpacingMm } = place.stack;
  const origin = frame.header.positionLpsMm ?? [0, 0, 0];
  const [dx, dy, dz] = [
    place.centerLpsMm[0] - origin[0],
    place.centerLpsMm[1] - origin[1],
    place.centerLpsMm[2] - origin[2],
  ];
  const column = (dx * u[0] + dy * u[1] + dz * u[2]) / pixelSpacingMm[1];
  const row = (dx * v[0] + dy * v[1] + dz * v[2]) / pixelSpacingMm[0];
  const { rescaleSlope, rescaleIntercept } = frame.header;
  return (rightMm, downMm) => {
    const i = Math.round(column + rightMm / pixelSpacingMm[1]);
    const j = Math.round(row + downMm / pixelSpacingMm[0]);
    if (i < 0 || j < 0 || i >= pixels.columns || j >= pixels.rows) return WINDOW_FROM_HU;
    return Number(pixels.samples[j * pixels.columns + i]) * rescaleSlope + rescaleIntercept;
  };
}

/** Pictures side by side, four to a row, on black. */
export function sheetOf(crops: readonly Crop[]): Crop {
  const columns = Math.min(SHEET_COLUMNS, crops.length);
  const rows = Math.ceil(crops.length / SHEET_COLUMNS);
  const width = columns * (SIDE + SHEET_GAP) + SHEET_GAP;
  const height = rows * (SIDE + SHEET_GAP) + SHEET_GAP;
  const data = new Uint8Array(width * height * 3);
  crops.forEach((crop, index) => {
    const left = SHEET_GAP + (index % SHEET_COLUMNS) * (SIDE + SHEET_GAP);
    const top = SHEET_GAP + Math.floor(index / SHEET_COLUMNS) * (SIDE + SHEET_GAP);
    for (let y = 0; y < SIDE; y++) {
      data.set(crop.data.subarray(y * SIDE * 3, (y + 1) * SIDE * 3), ((top + y) * width + left) * 3);
    }
  });
  return { width, height, data };
}

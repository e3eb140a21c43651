import type { DecodedPicture, Window } from "./picture.ts";

/** How a picture is painted. */
export interface Painting {
  readonly window: Window;
  /** Whether small values are bright (MONOCHROME1). */
  readonly isInverted: boolean;
  /** Pixels that come out: the nearest of the picture's own. */
  readonly width: number;
  readonly height: number;
}

/**
 * A decoded picture as RGBA, `width` × `height` × 4 bytes, row by row: grey through the window as LINEAR_EXACT does (PS3.3
 * C.11.2.1.3.2), colours as they are.
 */
export function picturePixels(
  { values, rows, columns, samplesPerPixel }: DecodedPicture,
  { window, isInverted, width, height }: Painting,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * columns) / width));
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * rows) / height) * columns;
    for (let x = 0; x < width; x += 1) {
      const from = (row + (columnOf[x] ?? 0)) * samplesPerPixel;
      const to = 4 * (y * width + x);
      for (let channel = 0; channel < 3; channel += 1) {
        const value = values[samplesPerPixel === 3 ? from + channel : from] ?? 0;
        const grey = samplesPerPixel === 3 ? value : 255 * ((value - window.center) / window.width + 0.5);
        pixels[to + channel] = isInverted ? 255 - grey : grey;
      }
    }
  }
  return pixels;
}

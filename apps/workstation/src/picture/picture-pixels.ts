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
  const pixels = new Uint8ClampedArray(4 * width * height);
  const columnOf = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * columns) / width));
  const isColour = samplesPerPixel === 3;
  const sign = isInverted ? -1 : 1;
  // Colours pass unchanged.
  const scale = sign * (isColour ? 1 : 255 / window.width);
  const offset = (isInverted ? 255 : 0) + (isColour ? 0 : sign * 255 * (0.5 - window.center / window.width));
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(((y + 0.5) * rows) / height) * columns;
    for (let x = 0; x < width; x += 1) {
      const from = (row + (columnOf[x] ?? 0)) * samplesPerPixel;
      const red = (values[from] ?? 0) * scale + offset;
      pixels[to] = red;
      pixels[to + 1] = isColour ? (values[from + 1] ?? 0) * scale + offset : red;
      pixels[to + 2] = isColour ? (values[from + 2] ?? 0) * scale + offset : red;
      pixels[to + 3] = 255;
      to += 4;
    }
  }
  return pixels;
}

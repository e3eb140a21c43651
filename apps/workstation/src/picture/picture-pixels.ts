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
 * C.11.2.1.3.2), colours as they are. What is not a number is black.
 *
 * @param into taken instead of new memory where it has that length
 */
export function picturePixels(
  { values, rows, columns, samplesPerPixel }: DecodedPicture,
  { window, isInverted, width, height }: Painting,
  into?: Uint8ClampedArray<ArrayBuffer>,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = into?.length === 4 * width * height ? into : new Uint8ClampedArray(4 * width * height);
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
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
      const red = byteOf((values[from] ?? 0) * scale + offset);
      const green = isColour ? byteOf((values[from + 1] ?? 0) * scale + offset) : red;
      const blue = isColour ? byteOf((values[from + 2] ?? 0) * scale + offset) : red;
      // One write of four bytes: the machines that pages run on have the first byte lowest.
      words[to] = 0xff000000 | (blue << 16) | (green << 8) | red;
      to += 1;
    }
  }
  return pixels;
}

function byteOf(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}

import type { DecodedPicture, Picture, Window } from "../picture/picture.ts";

/**
 * What a picture is shown with before anybody chooses: what it asks for itself, else what it spans; colours as they are. One of
 * a single value is black.
 */
export function shownWindow(
  { window }: Pick<Picture, "window">,
  { samplesPerPixel, min, max }: Pick<DecodedPicture, "samplesPerPixel" | "min" | "max">,
): Window {
  if (samplesPerPixel === 3) return { center: 127.5, width: 255 };
  if (window !== undefined) return window;
  return max > min ? { center: (min + max) / 2, width: max - min } : { center: min + 0.5, width: 1 };
}

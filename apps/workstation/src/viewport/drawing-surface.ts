import type { PixelMatrix, Size } from "./placed-state.ts";

/** RGBA pixels and where they are drawn. */
export interface Drawing {
  /** Row by row. */
  readonly image: ImageData;
  /** Changes with the pixels: those of the same stamp are not taken over anew. */
  readonly stamp: unknown;
  readonly matrix: PixelMatrix;
}

/** A canvas that fills an element. */
export interface DrawingSurface {
  /** CSS pixels. */
  readonly size: () => Size;
  /** Draws before the next frame is shown, however often it is asked for until then. */
  readonly request: () => void;
  readonly destroy: () => void;
}

/** Smaller than this much of itself a picture is averaged: single pixels of it would flicker. */
const averagedBelow = 0.5;

/**
 * Opens a canvas in an element. It is drawn anew when asked for, and at once when the element changes its size.
 *
 * @param draw what is drawn, for a size in CSS pixels; nothing where there is nothing yet
 * @param onDrawn called after each drawing, before it is shown
 */
export function openSurface(
  element: HTMLElement,
  { draw, onDrawn }: { readonly draw: (size: Size) => Drawing | undefined; readonly onDrawn: () => void },
): DrawingSurface {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "position: absolute; inset: 0; width: 100%; height: 100%";
  element.append(canvas);
  const painter = openPainter(canvas);
  let frame: number | undefined;
  const size = (): Size => ({ widthPx: element.clientWidth, heightPx: element.clientHeight });
  const now = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const { widthPx, heightPx } = size();
    if (widthPx === 0 || heightPx === 0) return;
    const drawing = draw({ widthPx, heightPx });
    if (drawing === undefined) return;
    painter.paint(drawing, { widthPx, heightPx });
    onDrawn();
  };
  const observer = new ResizeObserver(now);
  observer.observe(element);
  return {
    size,
    request: () => {
      frame ??= requestAnimationFrame(now);
    },
    destroy: () => {
      observer.disconnect();
      if (frame !== undefined) cancelAnimationFrame(frame);
      canvas.remove();
    },
  };
}

/** Paints pixels on a canvas, as sharp as its screen. */
export function openPainter(canvas: HTMLCanvasElement): {
  readonly paint: (drawing: Drawing, size: Size) => void;
} {
  const context = canvas.getContext("2d", { alpha: false });
  const buffer = document.createElement("canvas");
  let held: unknown;
  return {
    paint: ({ image, stamp, matrix }, { widthPx, heightPx }) => {
      if (context === null) return;
      if (stamp !== held) {
        held = stamp;
        if (buffer.width !== image.width) buffer.width = image.width;
        if (buffer.height !== image.height) buffer.height = image.height;
        buffer.getContext("2d", { alpha: false })?.putImageData(image, 0, 0);
      }
      const ratio = devicePixelRatio || 1;
      const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      const { a, b, c, d, e, f } = matrix;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillRect(0, 0, width, height);
      // Pixels are drawn from their corner: the centre of the first is half a pixel inside.
      const [left, top] = [e - (a + c) / 2, f - (b + d) / 2];
      context.setTransform(ratio * a, ratio * b, ratio * c, ratio * d, ratio * left, ratio * top);
      context.imageSmoothingQuality = ratio * Math.hypot(a, b) < averagedBelow ? "medium" : "low";
      context.drawImage(buffer, 0, 0);
    },
  };
}

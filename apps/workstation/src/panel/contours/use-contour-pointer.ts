import { useState } from "react";
import { type PixelPoint, pixelOfLps } from "../../picture/plane.ts";
import type { PaneParts } from "../../reading/pane/pane-parts.ts";
import type { CanvasPoint } from "../../viewport/view.ts";
import { useReading } from "../reading-context.ts";
import { contourAt, drawnBy } from "./contour-edits.ts";

/** What the pointer does with the contours of a pane. */
export interface ContourPointer {
  /** What is being drawn, CSS pixels. */
  readonly path: readonly CanvasPoint[] | undefined;
  /** Whether the pointer begins to draw. */
  readonly begin: (at: CanvasPoint) => boolean;
  readonly move: (at: CanvasPoint) => void;
  readonly end: (at: CanvasPoint) => void;
}

/** A drag draws a contour of the chosen structure, or a piece of one that it begins and ends on; a click chooses a contour. */
export function useContourPointer({ picture, drawn }: PaneParts): ContourPointer {
  const reading = useReading();
  const [path, setPath] = useState<readonly CanvasPoint[]>();
  const drawing = reading?.contours.drawing;
  const series = reading?.roles.find(({ id }) => id === drawing?.role)?.series ?? [];
  const isOn =
    reading !== undefined &&
    !reading.isLocked &&
    drawing !== undefined &&
    picture !== undefined &&
    drawn !== undefined &&
    series.includes(picture.header.seriesInstanceUid);
  if (!isOn) return { path: undefined, begin: () => false, move: () => {}, end: () => {} };
  const pixelAt = (point: CanvasPoint): PixelPoint => pixelOfLps(picture.plane, drawn.toLps(point));
  return {
    path,
    begin: (at) => {
      setPath([at]);
      return true;
    },
    move: (at) => {
      if (path !== undefined) setPath([...path, at]);
    },
    end: (at) => {
      if (path === undefined) return;
      setPath(undefined);
      const [origin, beside] = [pixelAt([0, 0]), pixelAt([1, 0])];
      const perScreenPx = Math.hypot(beside[0] - origin[0], beside[1] - origin[1]);
      const regions = reading.draft.regions ?? [];
      const after = drawnBy({ picture, path: [...path, at].map(pixelAt), drawing, perScreenPx }, regions);
      if (after === undefined) reading.contours.select(contourAt({ picture, at: pixelAt(at), perScreenPx }, regions));
      else reading.edit({ regions: after });
    },
  };
}

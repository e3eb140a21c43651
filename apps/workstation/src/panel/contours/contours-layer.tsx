import type { ReactNode } from "react";
import type { Picture } from "../../picture/picture.ts";
import { lpsOfPixel } from "../../picture/plane.ts";
import type { CanvasPoint, ViewState } from "../../viewport/view.ts";
import lesions from "../calcium/calcium.module.css";
import { useReading } from "../reading-context.ts";
import { contoursOn } from "./contour-regions.ts";
import { structureColour } from "./structure-colour.ts";

/** The contours of a picture, and the one that is being drawn. */
export function ContoursLayer({
  picture,
  drawn,
  path,
}: {
  readonly picture: Picture;
  readonly drawn: ViewState;
  /** CSS pixels. */
  readonly path: readonly CanvasPoint[] | undefined;
}): ReactNode {
  const reading = useReading();
  if (reading?.protocol.draws === undefined) return null;
  const { contours, draft, protocol } = reading;
  const shown = contoursOn(picture, draft.regions ?? []);
  return (
    <svg
      className={lesions.lesions}
      width={drawn.widthPx}
      height={drawn.heightPx}
      aria-hidden="true"
      fill="none"
      data-testid="contours"
    >
      {shown.map(({ id, label, points }) => (
        <polygon
          key={id}
          points={points.map((point) => drawn.toCanvas(lpsOfPixel(picture.plane, point)).join()).join(" ")}
          stroke={structureColour(protocol, label)}
          strokeWidth={contours.selected === id ? 3 : 1.5}
          data-label={label}
          data-selected={contours.selected === id}
        />
      ))}
      {path === undefined ? null : (
        <polyline
          points={path.map((point) => point.join()).join(" ")}
          stroke={structureColour(protocol, contours.drawing?.label)}
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}

import { siteName } from "@etalon/report/text";
import { type ReactNode, useMemo } from "react";
import type { Picture } from "../../picture/picture.ts";
import { lpsOfPixel, type PixelPoint } from "../../picture/plane.ts";
import { useLanguage } from "../../text/language.tsx";
import type { CanvasPoint, ViewState } from "../../viewport/view.ts";
import { useReading } from "../reading-context.ts";
import { arteryColour } from "./arteries.ts";
import { excludedCandidates, excludedLabel } from "./assign-lesion.ts";
import styles from "./calcium.module.css";
import { isMeasured } from "./is-measured.ts";
import { canCount, type LesionMap, type LesionPart, sliceAt } from "./lesion-map.ts";
import { outlineOfPart } from "./outline-of-part.ts";

/** The lesions of a picture, outlined in the colour of their artery. */
export function LesionsLayer({
  picture,
  drawn,
  stroke,
}: {
  readonly picture: Picture;
  readonly drawn: ViewState;
  /** What is being painted, and how thick, CSS pixels. */
  readonly stroke: { readonly points: readonly CanvasPoint[]; readonly radiusPx: number } | undefined;
}): ReactNode {
  const reading = useReading();
  if (reading?.map === undefined || !isMeasured(picture, reading)) return null;
  const slice = sliceAt(reading.map.located, picture.plane.originLpsMm);
  if (slice === undefined) return null;
  return (
    <svg
      className={styles.lesions}
      width={drawn.widthPx}
      height={drawn.heightPx}
      aria-hidden="true"
      data-testid="lesions"
    >
      <Parts map={reading.map} slice={slice} picture={picture} drawn={drawn} />
      {stroke === undefined ? null : (
        <polyline
          className={styles.stroke}
          points={[...stroke.points, ...stroke.points.slice(-1)].map(([x, y]) => `${x},${y}`).join(" ")}
          strokeWidth={2 * stroke.radiusPx}
        />
      )}
    </svg>
  );
}

function Parts({
  map,
  slice,
  picture,
  drawn,
}: {
  readonly map: LesionMap;
  readonly slice: number;
  readonly picture: Picture;
  readonly drawn: ViewState;
}): ReactNode {
  const reading = useReading();
  const { language } = useLanguage();
  const regions = reading?.draft.regions ?? [];
  const excluded = useMemo(() => excludedCandidates(regions, map), [regions, map]);
  const parts = useMemo(() => (map.partsOfSlice.get(slice) ?? []).filter((part) => isShown(map, part)), [map, slice]);
  const toCanvas = (point: PixelPoint): CanvasPoint => drawn.toCanvas(lpsOfPixel(picture.plane, point));
  const [o, x, y] = [toCanvas([0, 0]), toCanvas([1, 0]), toCanvas([0, 1])];
  const matrix = `matrix(${[x[0] - o[0], x[1] - o[1], y[0] - o[0], y[1] - o[1], o[0], o[1]].join(" ")})`;
  return parts.map((part) => {
    const found = map.candidates[part.candidate];
    const isExcluded = excluded.has(part.candidate);
    const label = isExcluded ? excludedLabel : found?.site;
    const colour = arteryColour(label);
    const [tx, ty] = toCanvas([part.columns[1] + 1.5, part.rows[0]]);
    return (
      <g
        key={part.runs[0]}
        className={styles.lesion}
        data-status={isExcluded ? excludedLabel : found?.status}
        data-selected={reading?.lesions.selected === part.candidate}
        data-site={label ?? ""}
      >
        <path d={outlineOfPart(map.located, part)} transform={matrix} className={styles.lesionShadow} />
        <path d={outlineOfPart(map.located, part)} transform={matrix} stroke={colour} />
        {label === undefined || isExcluded ? null : (
          <text x={tx} y={ty} fill={colour}>
            {siteName(label).short[language]}
          </text>
        )}
      </g>
    );
  });
}

/** What may be calcium of an artery: proposed, given to one, or left out for its place alone. Bone and specks are not drawn. */
function isShown(map: LesionMap, { candidate }: LesionPart): boolean {
  const found = map.candidates[candidate];
  if (found === undefined || !canCount(map, candidate)) return false;
  return found.status !== "excluded";
}

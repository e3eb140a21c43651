import { shownUnit, typeset } from "@etalon/report/text";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import type { ShownMap } from "../../measuring/measuring-messages.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { tickText } from "../../text/value-text.ts";
import { scaleGradient } from "./colour-scale.ts";
import { mapTexts } from "./map-texts.ts";
import styles from "./maps.module.css";
import { movedBy, placeUnder } from "./move-place.ts";
import { paintSlice } from "./paint-slice.ts";
import type { MapView } from "./use-map-view.ts";
import { barTicks, type ValueRange } from "./value-range.ts";

/** A slice of a map in colour, with its bar below. */
export function MapFigure({
  map,
  view,
  ticks,
}: {
  readonly map: ShownMap;
  readonly view: MapView;
  /** Most ticks of the bar. */
  readonly ticks: number;
}): ReactNode {
  const { language } = useLanguage();
  const title = typeset(map.title[language], language);
  return (
    <figure className={styles.figure} aria-label={title} data-testid={`map-${map.id}`}>
      <MapSurface map={map} view={view} title={title} />
      <ColourBar unit={map.unit} range={view.rangeOf(map)} ticks={ticks} />
    </figure>
  );
}

/** The picture: points at the voxel under the pointer, or where the arrow keys lead. */
function MapSurface({
  map,
  view,
  title,
}: {
  readonly map: ShownMap;
  readonly view: MapView;
  readonly title: string;
}): ReactNode {
  const texts = useTexts(mapTexts);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { group, slice, place, setPlace } = view;
  const { low, high } = view.rangeOf(map);
  const { columns, rows } = map;
  useEffect(() => {
    const pixels = paintSlice(group, map, { slice, range: { low, high } });
    canvas.current?.getContext("2d")?.putImageData(new ImageData(pixels, map.columns, map.rows), 0, 0);
  }, [group, map, slice, low, high]);
  const point = (event: PointerEvent<HTMLElement>): void => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    setPlace(placeUnder(map, slice, { x: (event.clientX - left) / width, y: (event.clientY - top) / height }));
  };
  const press = (event: KeyboardEvent): void => {
    const from = place ?? { column: Math.floor(columns / 2), row: Math.floor(rows / 2), slice };
    const next = movedBy(map, from, event);
    if (next === undefined) return;
    // The images beside it scroll with the same keys.
    event.stopPropagation();
    event.preventDefault();
    setPlace(next);
  };
  return (
    <button
      type="button"
      className={styles.surface}
      style={{ "--ratio": (columns * map.columnSpacingMm) / (rows * map.rowSpacingMm) }}
      aria-label={`${title}. ${texts.point}`}
      onPointerMove={point}
      onPointerDown={point}
      onKeyDown={press}
    >
      <canvas ref={canvas} width={columns} height={rows} />
      {place === undefined ? null : (
        <i
          style={{
            left: `${(100 * (place.column + 0.5)) / columns}%`,
            top: `${(100 * (place.row + 0.5)) / rows}%`,
          }}
        />
      )}
    </button>
  );
}

/** What the colours stand for. */
function ColourBar({
  unit,
  range,
  ticks,
}: {
  readonly unit: string;
  readonly range: ValueRange;
  readonly ticks: number;
}): ReactNode {
  const texts = useTexts(mapTexts);
  const { language } = useLanguage();
  const text = (value: number): string => tickText(value, language);
  const shown = shownUnit(unit, language);
  return (
    <div
      className={styles.bar}
      role="img"
      aria-label={`${texts.bar(text(range.low), text(range.high))} ${shown}`.trim()}
      data-testid="colour-bar"
      data-low={range.low}
      data-high={range.high}
    >
      <div className={styles.gradient} style={{ background: scaleGradient() }} />
      <div className={styles.ticks}>
        {barTicks(range, ticks).map((value) => (
          <span
            key={value}
            data-end={value === range.low ? "low" : value === range.high ? "high" : undefined}
            style={{ left: `${(100 * (value - range.low)) / (range.high - range.low)}%` }}
          >
            {text(value)}
          </span>
        ))}
      </div>
      <div className={styles.unit}>{shown === "" ? "\u00a0" : shown}</div>
    </div>
  );
}

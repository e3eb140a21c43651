import type { ReactNode } from "react";
import type { Mark } from "../../marks/mark.ts";
import { measureMark } from "../../marks/measure-mark.ts";
import type { Picture } from "../../picture/picture.ts";
import { lpsOfPixel, type PixelPoint } from "../../picture/plane.ts";
import { useLanguage } from "../../text/language.tsx";
import { loadedPicture } from "../../viewport/picture-store.ts";
import type { CanvasPoint, ViewState } from "../../viewport/view.ts";
import { markLines } from "../mark-text.ts";
import styles from "../reading.module.css";
import { useRoomContext } from "../room-context.ts";
import { valueUnitOf } from "../value-unit.ts";

interface Props {
  readonly picture: Picture;
  readonly drawn: ViewState;
  /** What is being drawn or moved: it stands in place of the mark of the same id. */
  readonly draft: Mark | undefined;
}

/** The marks of a picture, drawn anew from the log each time. */
export function MarksLayer({ picture, drawn, draft }: Props): ReactNode {
  const { marks } = useRoomContext();
  const own = marks.log.marks.filter(({ pictureId, id }) => pictureId === picture.id && id !== draft?.id);
  const all = draft === undefined ? own : [...own, draft];
  return (
    <svg className={styles.marksLayer} width={drawn.widthPx} height={drawn.heightPx} aria-hidden="true">
      {all.map((mark) => (
        <MarkDrawing
          key={mark.id}
          mark={mark}
          picture={picture}
          drawn={drawn}
          isSelected={mark.id === marks.selected}
        />
      ))}
    </svg>
  );
}

function MarkDrawing(props: Omit<Props, "draft"> & { readonly mark: Mark; readonly isSelected: boolean }): ReactNode {
  const { mark, picture, drawn, isSelected } = props;
  const { language } = useLanguage();
  const at = (point: PixelPoint): CanvasPoint => drawn.toCanvas(lpsOfPixel(picture.plane, point));
  const points = mark.points.map(at);
  const lines = markLines(measureMark(mark, picture, loadedPicture(picture)), language, valueUnitOf(picture));
  const [x, y] = points.reduce((best, point) => (point[0] > best[0] ? point : best), points[0] ?? [0, 0]);
  return (
    <g className={styles.drawing} data-selected={isSelected}>
      <polyline className={styles.shadow} points={outline(mark, at)} />
      <polyline points={outline(mark, at)} />
      {points.map(([px, py], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place in the mark.
        <circle key={index} cx={px} cy={py} r={3} />
      ))}
      <text x={x + 8} y={y - 4}>
        {lines.map((line, index) => (
          <tspan key={line} x={x + 8} dy={index === 0 ? 0 : 15}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

/** Corners of the polygon that an ellipse is drawn as. */
const ellipseCorners = 64;

function outline({ kind, points }: Mark, at: (point: PixelPoint) => CanvasPoint): string {
  const [a = [0, 0], b = a] = points;
  const written = (some: readonly PixelPoint[]): string => some.map((point) => at(point).join()).join(" ");
  if (kind === "rectangle") return written([a, [b[0], a[1]], b, [a[0], b[1]], a]);
  if (kind !== "ellipse") return written(points);
  const center = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
  return written(
    Array.from({ length: ellipseCorners + 1 }, (_, index) => {
      const angle = (2 * Math.PI * index) / ellipseCorners;
      return [
        center[0] + ((b[0] - a[0]) / 2) * Math.cos(angle),
        center[1] + ((b[1] - a[1]) / 2) * Math.sin(angle),
      ] as const;
    }),
  );
}

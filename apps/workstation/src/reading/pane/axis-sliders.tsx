import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { axisTexts, coordinateText } from "../axis-texts.ts";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { indexAt, placeOf } from "../stack-place.ts";

interface Props {
  readonly stack: PictureStack;
  readonly index: number;
  readonly onIndex: (index: number) => void;
}

/** A slider for each axis besides space: where on it one is, in its own unit. */
export function AxisSliders({ stack, index, onIndex }: Props): ReactNode {
  const names = useTexts(axisTexts);
  const { language } = useLanguage();
  const place = placeOf(stack, index);
  const goTo = (axis: number, point: number): void =>
    onIndex(indexAt(stack, { ...place, points: place.points.map((one, at) => (at === axis ? point : one)) }));
  return (
    <div className={styles.axes}>
      {stack.axes.map((axis, at) => {
        const point = place.points[at] ?? 0;
        const text = coordinateText(axis, point, language);
        return (
          <label key={axis.name} className={styles.axis}>
            <span>{names[axis.name]}</span>
            <input
              type="range"
              min={0}
              max={axis.coordinates.length - 1}
              value={point}
              aria-valuetext={text}
              data-testid={`axis-${axis.name}`}
              onChange={({ currentTarget }) => goTo(at, Number(currentTarget.value))}
              // The room's keys are the room's again.
              onPointerUp={({ currentTarget }) => currentTarget.blur()}
            />
            <output>{text}</output>
          </label>
        );
      })}
    </div>
  );
}

import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo } from "react";
import { useTexts } from "../../text/language.tsx";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { roomTexts } from "../room-texts.ts";
import { indexAt, placeOf, sliceCount } from "../stack-place.ts";

interface Props {
  readonly stack: PictureStack;
  readonly index: number;
  readonly loaded: ReadonlySet<string>;
  readonly onIndex: (index: number) => void;
}

/** Where in the stack one is, and which of its pictures are there already. */
export function StackScrollBar({ stack, index, loaded, onIndex }: Props): ReactNode {
  const texts = useTexts(roomTexts);
  const isTimeAlone = sliceCount(stack) === 1;
  const { slice, points } = placeOf(stack, index);
  // Where all pictures lie at one slice the bar leads through them.
  const count = isTimeAlone ? stack.pictures.length : sliceCount(stack);
  const at = isTimeAlone ? index : slice;
  const bands = useMemo(() => loadedBands(stack, loaded, count), [stack, loaded, count]);
  const goTo = (to: number): void => {
    const within = Math.max(0, Math.min(count - 1, to));
    onIndex(isTimeAlone ? within : indexAt(stack, { slice: within, points }));
  };
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    goTo(Math.floor((count * (event.clientY - top)) / height));
  };
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    follow(event);
  };
  // Up and down are the room's: previous and next image.
  const key = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.stopPropagation();
    goTo(at + step);
  };
  return (
    <div
      className={styles.scrollBar}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts.image(at + 1, count)}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={at + 1}
      title={texts.loaded(loaded.size, stack.pictures.length)}
      data-testid="scroll-bar"
      data-loaded={loaded.size}
      onPointerDown={press}
      onPointerMove={follow}
      onKeyDown={key}
    >
      {bands.map(([from, to]) => (
        <div
          key={from}
          className={styles.loadedBand}
          style={{ top: `${(100 * from) / count}%`, height: `${(100 * (to - from)) / count}%` }}
        />
      ))}
      <div
        className={styles.thumb}
        style={{ top: `calc(${(100 * at) / Math.max(1, count - 1)}% - ${at / Math.max(1, count - 1)} * 14px)` }}
      />
    </div>
  );
}

/** Runs of slices whose pictures are all there, the end of each not in. */
function loadedBands(
  { pictures }: PictureStack,
  loaded: ReadonlySet<string>,
  count: number,
): readonly (readonly [number, number])[] {
  const bands: [number, number][] = [];
  const each = pictures.length / count;
  for (let at = 0; at < count; at += 1) {
    if (!pictures.slice(at * each, (at + 1) * each).every(({ id }) => loaded.has(id))) continue;
    const last = bands.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + 1;
    else bands.push([at, at + 1]);
  }
  return bands;
}

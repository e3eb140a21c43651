import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo } from "react";
import { useTexts } from "../../text/language.tsx";
import type { PictureStack } from "../picture-stacks.ts";
import styles from "../reading.module.css";
import { inStack } from "../room-state.ts";
import { roomTexts } from "../room-texts.ts";

interface Props {
  readonly stack: PictureStack;
  readonly index: number;
  readonly loaded: ReadonlySet<string>;
  readonly onIndex: (index: number) => void;
}

/** Where in the stack one is, and which of its pictures are there already. */
export function StackScrollBar({ stack, index, loaded, onIndex }: Props): ReactNode {
  const texts = useTexts(roomTexts);
  const count = stack.pictures.length;
  const bands = useMemo(() => loadedBands(stack, loaded), [stack, loaded]);
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    onIndex(inStack(stack, Math.floor((count * (event.clientY - top)) / height)));
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
    onIndex(inStack(stack, index + step));
  };
  return (
    <div
      className={styles.scrollBar}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts.image(index + 1, count)}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={index + 1}
      title={texts.loaded(loaded.size, count)}
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
        style={{ top: `calc(${(100 * index) / Math.max(1, count - 1)}% - ${index / Math.max(1, count - 1)} * 14px)` }}
      />
    </div>
  );
}

/** Runs of pictures that are there, the end of each not in. */
function loadedBands({ pictures }: PictureStack, loaded: ReadonlySet<string>): readonly (readonly [number, number])[] {
  const bands: [number, number][] = [];
  pictures.forEach(({ id }, at) => {
    if (!loaded.has(id)) return;
    const last = bands.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + 1;
    else bands.push([at, at + 1]);
  });
  return bands;
}

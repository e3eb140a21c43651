import { type ReactNode, useLayoutEffect, useRef } from "react";
import { picturePixels } from "../../picture/picture-pixels.ts";
import { fitOf } from "../../viewport/fitted-state.ts";
import { shownWindow } from "../../viewport/shown-window.ts";
import styles from "../first-picture.module.css";
import { windowOfRange } from "../window-presets.ts";
import type { FirstPicture } from "./use-first-picture.ts";

/** The picture of a pane whose viewer has not started. */
export function FirstPictureCanvas({ first }: { readonly first: FirstPicture }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { picture, decoded, drawn } = first;
  const { rows, columns } = decoded;
  const { left, top, width, height } = fitOf({ id: picture.id, rows, columns, plane: picture.plane }, drawn);
  const window = drawn.range === undefined ? shownWindow(picture, decoded) : windowOfRange(drawn.range);
  const { center, width: windowWidth } = window;
  useLayoutEffect(() => {
    const isInverted = picture.header.photometricInterpretation === "MONOCHROME1";
    const painting = { window: { center, width: windowWidth }, isInverted, width: columns, height: rows };
    const image = new ImageData(picturePixels(decoded, painting), columns, rows);
    canvas.current?.getContext("2d")?.putImageData(image, 0, 0);
  }, [picture, decoded, rows, columns, center, windowWidth]);
  return (
    <canvas
      ref={canvas}
      className={styles.picture}
      width={columns}
      height={rows}
      style={{ left, top, width, height }}
      data-testid="first-picture"
    />
  );
}

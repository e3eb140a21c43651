import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { picturePixels } from "../picture/picture-pixels.ts";
import { fitOf } from "../viewport/fitted-state.ts";
import { shownWindow } from "../viewport/shown-window.ts";
import styles from "./early.module.css";
import { frameId, removeEarlyPicture } from "./remove-early-picture.ts";

/** Milliseconds after which a page that does not come takes its picture away: it is no more than the beginning of a page. */
const longestMs = 20_000;

/**
 * Puts a picture on the screen before there is a page, where the page will have it.
 *
 * @param axes sliders that will stand below it
 */
export function placeEarlyPicture(picture: Picture, decoded: DecodedPicture, axes: number): void {
  const { rows, columns } = decoded;
  const frame = document.createElement("div");
  frame.id = frameId;
  frame.className = styles.frame ?? "";
  frame.style.setProperty("--axes", String(axes));
  frame.setAttribute("aria-hidden", "true");
  const canvas = document.createElement("canvas");
  canvas.className = styles.picture ?? "";
  canvas.width = columns;
  canvas.height = rows;
  const isInverted = picture.header.photometricInterpretation === "MONOCHROME1";
  const painting = { window: shownWindow(picture, decoded), isInverted, width: columns, height: rows };
  canvas.getContext("2d")?.putImageData(new ImageData(picturePixels(decoded, painting), columns, rows), 0, 0);
  frame.append(canvas);
  document.body.append(frame);
  const size = { widthPx: frame.clientWidth, heightPx: frame.clientHeight };
  const { left, top, width, height } = fitOf({ id: picture.id, rows, columns, plane: picture.plane }, size);
  Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  frame.setAttribute("data-drawn", "0");
  addEventListener("hashchange", removeEarlyPicture, { once: true });
  setTimeout(removeEarlyPicture, longestMs);
}

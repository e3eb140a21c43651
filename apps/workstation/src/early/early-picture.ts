import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { picturePixels } from "../picture/picture-pixels.ts";
import { openPainter } from "../viewport/drawing-surface.ts";
import { matrixOf } from "../viewport/placed-state.ts";
import { wholePlacement } from "../viewport/placement.ts";
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
  frame.append(canvas);
  document.body.append(frame);
  const isInverted = picture.header.photometricInterpretation === "MONOCHROME1";
  const painting = { window: shownWindow(picture, decoded), isInverted, width: columns, height: rows };
  const image = new ImageData(picturePixels(decoded, painting), columns, rows);
  const size = { widthPx: frame.clientWidth, heightPx: frame.clientHeight };
  const matrix = matrixOf({ rows, columns, plane: picture.plane }, size, wholePlacement);
  openPainter(canvas).paint({ image, stamp: picture, matrix }, size);
  frame.setAttribute("data-drawn", "0");
  addEventListener("hashchange", removeEarlyPicture, { once: true });
  setTimeout(removeEarlyPicture, longestMs);
}

import { type ReactNode, useEffect, useRef } from "react";
import { ownAnswerer } from "../api/own-answers.ts";
import { serverUrl } from "../api/server-url.ts";
import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { picturePixels } from "../picture/picture-pixels.ts";
import { loadAhead } from "../viewport/picture-store.ts";
import { shownWindow } from "../viewport/shown-window.ts";

const [widthPx, heightPx] = [120, 90];

/** A small picture: the server draws it, or, where an image asked for by the browser would say nobody's name, the page. */
export function Thumbnail({ picture }: { readonly picture: Picture }): ReactNode {
  if (ownAnswerer() !== undefined) return <DrawnThumbnail picture={picture} />;
  const source = serverUrl(`${picture.path}/thumbnail?viewport=${widthPx},${widthPx}`);
  return <img src={source} alt="" width={widthPx} height={heightPx} loading="lazy" />;
}

function DrawnThumbnail({ picture }: { readonly picture: Picture }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isOver = false;
    loadAhead(picture).then(
      (decoded) => {
        if (!isOver && canvas.current !== null) draw(canvas.current, decoded, picture);
      },
      // It stays empty: what is wrong with the picture is said where it is opened.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [picture]);
  return <canvas ref={canvas} width={widthPx} height={heightPx} />;
}

/** Whole in the middle, in the picture's own window. */
function draw(canvas: HTMLCanvasElement, decoded: DecodedPicture, picture: Picture): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { rows, columns } = decoded;
  const scale = Math.min(widthPx / columns, heightPx / rows);
  const [width, height] = [Math.max(1, Math.round(columns * scale)), Math.max(1, Math.round(rows * scale))];
  const isInverted = picture.header.photometricInterpretation === "MONOCHROME1";
  const window = shownWindow(picture, decoded);
  const pixels = picturePixels(decoded, { window, isInverted, width, height });
  const [left, top] = [Math.floor((widthPx - width) / 2), Math.floor((heightPx - height) / 2)];
  context.putImageData(new ImageData(pixels, width, height), left, top);
}

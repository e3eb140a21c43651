import { type ReactNode, useEffect, useRef } from "react";
import { ownAnswerer } from "../api/own-answers.ts";
import { serverUrl } from "../api/server-url.ts";
import type { DecodedPicture, Picture } from "../picture/picture.ts";
import { decodedPicture } from "../viewport/picture-store.ts";

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
    decodedPicture(picture).then(
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

/** Nearest pixels, in the picture's own window, whole in the middle. */
function draw(canvas: HTMLCanvasElement, decoded: DecodedPicture, { window, header }: Picture): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { values, rows, columns, samplesPerPixel, min, max } = decoded;
  const scale = Math.min(widthPx / columns, heightPx / rows);
  const [width, height] = [Math.max(1, Math.round(columns * scale)), Math.max(1, Math.round(rows * scale))];
  const image = context.createImageData(width, height);
  const { center, width: range } = window ?? { center: (min + max) / 2, width: Math.max(1, max - min) };
  const isInverted = header.photometricInterpretation === "MONOCHROME1";
  for (let at = 0; at < width * height; at += 1) {
    const row = Math.min(rows - 1, Math.floor(Math.floor(at / width) / scale));
    const column = Math.min(columns - 1, Math.floor((at % width) / scale));
    for (let channel = 0; channel < 3; channel += 1) {
      const value = values[(row * columns + column) * samplesPerPixel + (samplesPerPixel === 3 ? channel : 0)] ?? 0;
      const grey = samplesPerPixel === 3 ? value : 255 * ((value - center) / range + 0.5);
      image.data[4 * at + channel] = isInverted ? 255 - grey : grey;
    }
    image.data[4 * at + 3] = 255;
  }
  context.putImageData(image, Math.floor((widthPx - width) / 2), Math.floor((heightPx - height) / 2));
}

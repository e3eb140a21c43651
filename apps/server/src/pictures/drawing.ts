import { type DataSet, type FramePixels, type JpegEncoder, toRgb } from "@etalon/dicom";
import { drawGrey } from "../dicomweb/render/draw-grey.ts";
import { encodePicture, type PictureType } from "../dicomweb/render/encode-picture.ts";
import type { FrameDisplay } from "../dicomweb/render/frame-display.ts";
import type { Viewport } from "../dicomweb/render/render-query.ts";
import { fitViewport, type Picture } from "../dicomweb/render/resize-picture.ts";

/** A decoded frame and how it is drawn: plain data, which goes to another thread. */
export interface Drawing {
  /** What errors name. */
  readonly file: string;
  readonly pixels: FramePixels;
  readonly bitsStored: number;
  /** Of monochrome frames. */
  readonly display?: FrameDisplay;
  /** The palettes' elements, of a frame that needs them. */
  readonly palettes: DataSet;
  readonly viewport?: Viewport;
  readonly type: PictureType;
  /** 1 to 100, of JPEG. */
  readonly quality: number;
}

/** Draws a frame and writes the picture's file. @throws DicomError as `toRgb`; EtalonError as `JpegEncoder.encode` */
export async function drawPicture(drawing: Drawing, jpeg: JpegEncoder): Promise<Uint8Array> {
  const { pixels, display, bitsStored, file, palettes, viewport } = drawing;
  const { rows: height, columns: width, samples } = pixels;
  const picture: Picture =
    display === undefined
      ? { width, height, channels: 3, samples: eightBits(toRgb(pixels, { file, dataSet: palettes }), bitsStored) }
      : { width, height, channels: 1, samples: drawGrey({ samples, display }) };
  return encodePicture(viewport === undefined ? picture : fitViewport(picture, viewport), jpeg, drawing);
}

/** Colours in 8 bits: those of palettes have 16, those of wide images as many as are stored. */
function eightBits({ samples }: FramePixels, bitsStored: number): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const bits = samples.BYTES_PER_ELEMENT === 2 && bitsStored <= 8 ? 16 : Math.max(8, bitsStored);
  const scale = 255 / (2 ** bits - 1);
  return Uint8Array.from(samples, (value) => Math.min(255, Math.max(0, Math.round(value * scale))));
}

import { createCodecSet, createJpegEncoder } from "@etalon/dicom";
import { drawPicture } from "./drawing.ts";
import type { PictureMaker } from "./picture-maker.ts";

/** A maker that works in this thread. */
export function makePicturesHere(): PictureMaker {
  const jpeg = createJpegEncoder();
  return { codecs: createCodecSet(), inTurn: (work) => work(), draw: (drawing) => drawPicture(drawing, jpeg) };
}

import type { JpegEncoder } from "@etalon/dicom";
import { encode } from "fast-png";
import type { Picture } from "./resize-picture.ts";

/** Media types that pictures are written in, the one that is given where any is taken first. */
export const pictureTypes = ["image/jpeg", "image/png"] as const;

/** A media type of a picture. */
export type PictureType = (typeof pictureTypes)[number];

/** A picture as a file. @param how quality 1 to 100, of JPEG alone */
export async function encodePicture(
  picture: Picture,
  jpeg: JpegEncoder,
  how: { readonly type: PictureType; readonly quality: number },
): Promise<Uint8Array> {
  if (how.type === "image/jpeg") return jpeg.encode(picture, how.quality);
  const { width, height, channels, samples } = picture;
  return encode({ width, height, channels, depth: 8, data: samples });
}

import { EtalonError } from "@etalon/base";
import type { AccessScope } from "../../archive/access-scope.ts";
import type { Archive } from "../../archive/archive.ts";
import { createAnswerCache } from "../../dicomweb/answer/answer-cache.ts";
import { drawFrame } from "../../dicomweb/render/draw-frame.ts";
import { createImageCache } from "../../dicomweb/wado/image-cache.ts";
import type { PictureMaker } from "../../pictures/picture-maker.ts";
import type { ChosenKeyImage } from "../reading-document.ts";
import type { DrawnPicture } from "./document-source.ts";

/** Where pictures are drawn from. */
export interface PicturePlace {
  readonly archive: Archive;
  readonly pictures: PictureMaker;
}

/** Pixels of a picture's longer side: 9 cm of a printed page at 220 dpi. */
const longestSide = 800;

/** Bytes of headers that are kept while the pictures of one report are drawn. */
const keptBytes = 4 * 1024 ** 2;

/**
 * The pictures that a reader chose, as PNG.
 *
 * @throws {EtalonError} `instance-not-found` for one that is not in the study; as `drawFrame`
 */
export async function drawKeyImages(
  { archive, pictures }: PicturePlace,
  { scope, studyInstanceUid }: { readonly scope: AccessScope; readonly studyInstanceUid: string },
  chosen: readonly ChosenKeyImage[],
): Promise<readonly DrawnPicture[]> {
  const context = {
    ...{ archive, pictures, scopeOf: () => scope, baseUrl: () => "" },
    images: createImageCache(archive, keptBytes),
    metadata: createAnswerCache(0),
  };
  const drawn: DrawnPicture[] = [];
  for (const { sopInstanceUid, frame, window, caption } of chosen) {
    const [instance] = await archive.instances(scope, { studyInstanceUid, sopInstanceUid });
    if (instance === undefined) throw new EtalonError("instance-not-found", { field: sopInstanceUid });
    const query = {
      viewport: { width: longestSide, height: longestSide },
      ...(window === undefined ? {} : { window: { ...window, shape: "LINEAR_EXACT" as const } }),
      quality: 100,
      ignored: [],
    };
    const png = await drawFrame(context, { scope, instance, frame }, { query, type: "image/png" });
    drawn.push({ png, sopInstanceUid, frame, ...(caption === undefined ? {} : { caption }) });
  }
  return drawn;
}

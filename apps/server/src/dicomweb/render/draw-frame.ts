import type { DataSet } from "@etalon/dicom";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { withBytes } from "../wado/bulk-value.ts";
import { decodeStoredFrame } from "../wado/decode-stored-frame.ts";
import type { WadoContext } from "../wado/wado-context.ts";
import type { PictureType } from "./encode-picture.ts";
import { type ElementLoader, frameDisplay } from "./frame-display.ts";
import type { RenderQuery } from "./render-query.ts";

const paletteTags = ["00281101", "00281102", "00281103", "00281201", "00281202", "00281203"] as const;

/**
 * A picture of one frame (one-based) as it is looked at: monochrome by the window asked for, else by the image's own, palette
 * and YBR colours as RGB.
 *
 * @throws EtalonError as {@link decodeStoredFrame} and `PictureMaker.draw`; DicomError `unsupported-pixel-format` for colour
 *   spaces without conversion
 */
export function drawFrame(
  context: WadoContext,
  asked: AskedInstance & { readonly frame: number },
  { query, type }: { readonly query: RenderQuery; readonly type: PictureType },
): Promise<Uint8Array> {
  return context.pictures.inTurn(() => drawInTurn(context, asked, { query, type }));
}

async function drawInTurn(
  context: WadoContext,
  asked: AskedInstance & { readonly frame: number },
  { query, type }: { readonly query: RenderQuery; readonly type: PictureType },
): Promise<Uint8Array> {
  const image = await context.images.imageOf(asked);
  const pixels = await decodeStoredFrame(context, asked, asked.frame);
  const load: ElementLoader = (element) => withBytes(context, asked, element);
  const { photometricInterpretation: space } = pixels;
  const display = space.startsWith("MONOCHROME") ? await frameDisplay(image, asked.frame - 1, load) : undefined;
  return context.pictures.draw({
    file: asked.instance.sopInstanceUid,
    pixels,
    bitsStored: image.header.bitsStored,
    palettes: space === "PALETTE COLOR" ? await palettesOf(image.dataSet, load) : {},
    ...(display && { display: query.window === undefined ? display : { ...display, window: query.window } }),
    ...(query.viewport && { viewport: query.viewport }),
    type,
    quality: query.quality,
  });
}

async function palettesOf(dataSet: DataSet, load: ElementLoader): Promise<DataSet> {
  const loaded = await Promise.all(
    paletteTags.map(async (tag) => {
      const element = dataSet[tag];
      return element === undefined ? {} : { [tag]: await load(element) };
    }),
  );
  return Object.assign({}, ...loaded);
}

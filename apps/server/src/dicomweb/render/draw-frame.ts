import { type DataSet, type FramePixels, toRgb } from "@etalon/dicom";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import { withBytes } from "../wado/bulk-value.ts";
import { decodeStoredFrame } from "../wado/decode-stored-frame.ts";
import type { WadoContext } from "../wado/wado-context.ts";
import { drawGrey } from "./draw-grey.ts";
import { type ElementLoader, frameDisplay } from "./frame-display.ts";
import type { RenderQuery } from "./render-query.ts";
import { fitViewport, type Picture } from "./resize-picture.ts";

const paletteTags = ["00281201", "00281202", "00281203"] as const;

/**
 * One frame (one-based) as it is looked at: monochrome by the window asked for, else by the image's own, palette and YBR
 * colours as RGB.
 *
 * @throws EtalonError as {@link decodeStoredFrame}; DicomError `unsupported-pixel-format` for colour spaces without
 *   conversion
 */
export async function drawFrame(
  context: WadoContext,
  asked: AskedInstance & { readonly frame: number },
  query: RenderQuery,
): Promise<Picture> {
  const image = await context.images.imageOf(asked);
  const pixels = await decodeStoredFrame(context, asked, asked.frame);
  const load: ElementLoader = (element) => withBytes(context, asked, element);
  const { rows: height, columns: width } = pixels;
  let picture: Picture;
  if (pixels.photometricInterpretation.startsWith("MONOCHROME")) {
    const display = await frameDisplay(image, asked.frame - 1, load);
    const windowed = query.window === undefined ? display : { ...display, window: query.window };
    picture = { width, height, channels: 1, samples: drawGrey({ samples: pixels.samples, display: windowed }) };
  } else {
    const dataSet =
      pixels.photometricInterpretation === "PALETTE COLOR" ? await withPalettes(image.dataSet, load) : image.dataSet;
    const { bitsStored } = image.header;
    picture = {
      width,
      height,
      channels: 3,
      samples: eightBits(toRgb(pixels, { file: asked.instance.sopInstanceUid, dataSet }), bitsStored),
    };
  }
  return query.viewport === undefined ? picture : fitViewport(picture, query.viewport);
}

async function withPalettes(dataSet: DataSet, load: ElementLoader): Promise<DataSet> {
  const loaded = await Promise.all(
    paletteTags.map(async (tag) => {
      const element = dataSet[tag];
      return element === undefined ? {} : { [tag]: await load(element) };
    }),
  );
  return Object.assign({}, dataSet, ...loaded);
}

/** Colours in 8 bits: those of palettes have 16, those of wide images as many as are stored. */
function eightBits({ samples }: FramePixels, bitsStored: number): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const bits = samples.BYTES_PER_ELEMENT === 2 && bitsStored <= 8 ? 16 : Math.max(8, bitsStored);
  const scale = 255 / (2 ** bits - 1);
  return Uint8Array.from(samples, (value) => Math.min(255, Math.max(0, Math.round(value * scale))));
}

import { DicomError } from "@etalon/base";
import type { DataSet } from "../data-set.ts";
import type { FramePixels } from "../frame-pixels.ts";

/** Where the pixels come from: palettes lie in the data set (read to its end), errors name the file. */
export interface RgbContext {
  readonly file: string;
  readonly dataSet: DataSet;
}

/** Descriptor and data of the red, green and blue palette (PS3.3 C.7.6.3.1.5 and C.7.6.3.1.6). */
const paletteTags = [
  ["00281101", "00281201"],
  ["00281102", "00281202"],
  ["00281103", "00281203"],
] as const;

/**
 * The same picture as interleaved RGB: YBR_FULL by the inverse of ITU-R BT.601 as DICOM writes it, PALETTE COLOR by the
 * object's look-up tables (8 or 16 bits per colour, as they are). RGB is returned as it is.
 *
 * @throws DicomError unsupported-pixel-format (monochrome, other colour spaces, segmented palettes),
 * missing-attribute (palette)
 * @see PS3.3 C.7.6.3.1.2
 */
export function toRgb(pixels: FramePixels, context: RgbContext): FramePixels {
  const { photometricInterpretation: space, samples } = pixels;
  if (space === "RGB") return pixels;
  if (space === "YBR_FULL" && samples instanceof Uint8Array && pixels.samplesPerPixel === 3)
    return { ...pixels, samples: rgbOfYbrFull(samples), photometricInterpretation: "RGB" };
  if (space === "PALETTE COLOR" && pixels.samplesPerPixel === 1)
    return { ...pixels, samplesPerPixel: 3, samples: rgbOfPalette(samples, context), photometricInterpretation: "RGB" };
  throw new DicomError("unsupported-pixel-format", {
    file: context.file,
    field: "PhotometricInterpretation",
    received: space,
    details: { reason: `${space} has no conversion to RGB` },
  });
}

function rgbOfYbrFull(samples: Uint8Array): Uint8Array {
  // Uint8ClampedArray rounds to nearest and clamps to 0..255.
  const rgb = new Uint8ClampedArray(samples.length);
  for (let at = 0; at + 2 < samples.length; at += 3) {
    const y = samples[at] ?? 0;
    const cb = (samples[at + 1] ?? 0) - 128;
    const cr = (samples[at + 2] ?? 0) - 128;
    rgb[at] = y + 1.402 * cr;
    rgb[at + 1] = y - 0.344136 * cb - 0.714136 * cr;
    rgb[at + 2] = y + 1.772 * cb;
  }
  return new Uint8Array(rgb.buffer);
}

interface Palette {
  readonly entries: Uint8Array | Uint16Array;
  /** Stored value of the first entry; lower values get the first entry, higher ones the last. */
  readonly first: number;
}

function rgbOfPalette(indices: FramePixels["samples"], context: RgbContext): Uint8Array | Uint16Array {
  const palettes = paletteTags.map(([descriptor, data]) => readPalette(context, descriptor, data));
  const is16Bit = palettes.some((palette) => palette.entries instanceof Uint16Array);
  const rgb = is16Bit ? new Uint16Array(indices.length * 3) : new Uint8Array(indices.length * 3);
  palettes.forEach(({ entries, first }, colour) => {
    const last = entries.length - 1;
    for (let pixel = 0; pixel < indices.length; pixel += 1) {
      const entry = Math.min(last, Math.max(0, (indices[pixel] ?? 0) - first));
      rgb[3 * pixel + colour] = entries[entry] ?? 0;
    }
  });
  return rgb;
}

function readPalette(context: RgbContext, descriptorTag: string, dataTag: string): Palette {
  const { dataSet, file } = context;
  const [count, first, bits] = dataSet[descriptorTag]?.Value ?? [];
  const bytes = dataSet[dataTag]?.bytes;
  if (typeof count !== "number" || typeof first !== "number" || typeof bits !== "number")
    throw new DicomError("missing-attribute", { file, field: descriptorTag });
  if (bytes === undefined) throw new DicomError("missing-attribute", { file, field: dataTag });
  // A count of 65536 does not fit its 16 bits and is written 0.
  const length = count === 0 ? 65536 : count;
  const isPacked = bits === 8 && bytes.length < 2 * length;
  if (bytes.length < (isPacked ? length : 2 * length))
    throw new DicomError("missing-attribute", { file, field: dataTag, received: bytes.length });
  if (isPacked) return { entries: bytes.subarray(0, length), first };
  const words = new Uint16Array(new Uint8Array(bytes.subarray(0, 2 * length)).buffer);
  return { entries: bits === 8 ? Uint8Array.from(words) : words, first };
}

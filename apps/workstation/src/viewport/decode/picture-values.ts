import { type DataSet, type FrameHeader, type FramePixels, type InstanceHeader, toRgb } from "@etalon/dicom";
import type { DecodedPicture, PictureValues } from "../../picture/picture.ts";

/**
 * The values that are drawn: of a grey picture stored × slope + intercept, as 16-bit integers where slope and intercept are
 * integers and every value fits, else as 32-bit floats; of a coloured one RGB of 8 bits.
 *
 * @throws DicomError of a colour space without a conversion
 */
export function pictureValues(
  pixels: FramePixels,
  { frame, header }: { readonly frame: FrameHeader; readonly header: InstanceHeader },
  dataSet: DataSet,
): DecodedPicture {
  const { rows, columns } = pixels;
  if (!pixels.photometricInterpretation.startsWith("MONOCHROME")) {
    const rgb = toRgb(pixels, { file: "frame", dataSet }).samples;
    return { values: eightBit(rgb), rows, columns, samplesPerPixel: 3, min: 0, max: 255 };
  }
  const { samples } = pixels;
  const { min, max } = extent(samples, frame, undefined);
  const shown = header.pixelPadding === undefined ? { min, max } : extent(samples, frame, header.pixelPadding);
  const values = rescaled(samples, frame, { min, max });
  return { values, rows, columns, samplesPerPixel: 1, ...(shown.min <= shown.max ? shown : { min, max }) };
}

/** The least and the largest value; those that hold no measurement count for nothing. */
function extent(
  samples: FramePixels["samples"],
  { rescaleSlope: slope, rescaleIntercept: intercept }: FrameHeader,
  padding: readonly [number, number] | undefined,
): { readonly min: number; readonly max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const [low, high] = padding ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < samples.length; at += 1) {
    const sample = Number(samples[at]);
    if (sample >= low && sample <= high) continue;
    const value = sample * slope + intercept;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function rescaled(
  samples: FramePixels["samples"],
  { rescaleSlope: slope, rescaleIntercept: intercept }: FrameHeader,
  { min, max }: { readonly min: number; readonly max: number },
): PictureValues {
  const isPlain = slope === 1 && intercept === 0;
  if (isPlain && (samples instanceof Uint8Array || samples instanceof Int16Array)) return samples;
  const isInteger = Number.isInteger(slope) && Number.isInteger(intercept) && !(samples instanceof Float32Array);
  const fits = isInteger && min >= -32768 && max <= 32767;
  const values = fits ? new Int16Array(samples.length) : new Float32Array(samples.length);
  for (let at = 0; at < samples.length; at += 1) values[at] = Number(samples[at]) * slope + intercept;
  return values;
}

function eightBit(samples: FramePixels["samples"]): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  return Uint8Array.from(samples, (sample) => Number(sample) >> 8);
}

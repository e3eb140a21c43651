import { DicomError } from "@etalon/base";
import { numberOf } from "../attribute-values.ts";
import type { DataSet } from "../data-set.ts";
import type { InstanceHeader } from "../instance.ts";

/** How the samples of one frame are laid out, as the header says (PS3.3 C.7.6.3, PS3.5 section 8). */
export interface PixelLayout {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** 1, 8, 16 or 32; 32 or 64 for floats. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  /** Position of the most significant stored bit. */
  readonly highBit: number;
  readonly isSigned: boolean;
  readonly isFloat: boolean;
  /** 0 samples of a pixel together, 1 plane by plane. */
  readonly planarConfiguration: number;
  readonly photometricInterpretation: string;
}

/** The three elements that may hold pixels (PS3.5 A.4, PS3.3 C.7.6.24 and C.7.6.25). */
export const pixelDataTags = { integer: "7FE00010", float: "7FE00008", double: "7FE00009" } as const;

/** How errors name PixelData. */
export const pixelDataLabel = "(7FE0,0010)";

/** The most memory that one frame may ask for, in bytes (1 GiB: a 16-bit slide of 23 000 × 23 000). */
export const frameBytesLimit = 1024 * 1024 * 1024;

/**
 * The layout of an instance's pixels, checked.
 *
 * @throws DicomError missing-attribute, unsupported-pixel-format, dicom-too-large
 */
export function pixelLayout(header: InstanceHeader, dataSet: DataSet, file: string): PixelLayout {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, photometricInterpretation } = header;
  if (rows < 1) throw new DicomError("missing-attribute", { file, field: "Rows", received: rows });
  if (columns < 1) throw new DicomError("missing-attribute", { file, field: "Columns", received: columns });

  const floatBits =
    dataSet[pixelDataTags.double] !== undefined ? 64 : dataSet[pixelDataTags.float] !== undefined ? 32 : 0;
  const isFloat = floatBits > 0 && dataSet[pixelDataTags.integer] === undefined;
  const highBit = numberOf(dataSet, "00280102") ?? bitsStored - 1;
  const layout: PixelLayout = isFloat
    ? { ...floatLayout(header), bitsAllocated: floatBits, bitsStored: floatBits, highBit: floatBits - 1 }
    : {
        rows,
        columns,
        samplesPerPixel,
        bitsAllocated,
        bitsStored,
        highBit,
        isSigned: header.isSigned,
        isFloat: false,
        planarConfiguration: numberOf(dataSet, "00280006") ?? 0,
        photometricInterpretation,
      };
  refuseUnsupported(layout, file);
  refuseTooLarge(layout, file);
  return layout;
}

/** Number of samples in one frame. */
export function sampleCount(layout: PixelLayout): number {
  return layout.rows * layout.columns * layout.samplesPerPixel;
}

function floatLayout(header: InstanceHeader) {
  return {
    rows: header.rows,
    columns: header.columns,
    samplesPerPixel: header.samplesPerPixel,
    isSigned: true,
    isFloat: true,
    planarConfiguration: 0,
    photometricInterpretation: header.photometricInterpretation,
  };
}

function refuseUnsupported(layout: PixelLayout, file: string): void {
  const refuse = (field: string, received: number, reason: string): never => {
    throw new DicomError("unsupported-pixel-format", { file, field, received, details: { reason } });
  };
  const { bitsAllocated, bitsStored, highBit, samplesPerPixel, planarConfiguration, isFloat } = layout;
  if (!isFloat && ![1, 8, 16, 32].includes(bitsAllocated))
    refuse("BitsAllocated", bitsAllocated, `BitsAllocated ${bitsAllocated}`);
  if (!(bitsStored >= 1 && bitsStored <= bitsAllocated))
    refuse("BitsStored", bitsStored, `BitsStored ${bitsStored} of BitsAllocated ${bitsAllocated}`);
  if (!(highBit >= bitsStored - 1 && highBit < bitsAllocated))
    refuse("HighBit", highBit, `HighBit ${highBit} with BitsStored ${bitsStored}`);
  if (![1, 3, 4].includes(samplesPerPixel))
    refuse("SamplesPerPixel", samplesPerPixel, `SamplesPerPixel ${samplesPerPixel}`);
  if (planarConfiguration !== 0 && planarConfiguration !== 1)
    refuse("PlanarConfiguration", planarConfiguration, `PlanarConfiguration ${planarConfiguration}`);
}

function refuseTooLarge(layout: PixelLayout, file: string): void {
  const bytes = sampleCount(layout) * Math.max(1, layout.bitsAllocated / 8);
  if (bytes <= frameBytesLimit) return;
  throw new DicomError("dicom-too-large", {
    file,
    field: "PixelData",
    received: bytes,
    details: { tag: pixelDataLabel, limit: frameBytesLimit },
  });
}

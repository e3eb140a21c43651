import { DicomError } from "@etalon/base";
import { numberOf, textOf } from "../attribute-values.ts";
import type { DataSet } from "../data-set.ts";
import type { PixelRectangle } from "./burned-in.ts";

/** Which pixels go: those inside `blanked`, and those outside all of `kept` where there are any. */
interface BlankedArea {
  readonly blanked: readonly PixelRectangle[];
  readonly kept: readonly PixelRectangle[];
}

interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  readonly bytesPerSample: number;
  readonly isPlanar: boolean;
  /** The stored value of black, one per sample. */
  readonly black: readonly number[];
}

/**
 * Native pixel data in little endian with an area blackened in every frame. The pixels given are left as they are.
 *
 * @param file name of the file, for errors
 * @throws DicomError `unsupported-pixel-format` (bits that are not whole bytes, chroma that pixels share)
 */
export function blankPixels(
  pixels: Uint8Array,
  dataSet: DataSet,
  how: BlankedArea & { readonly file: string },
): Uint8Array {
  const layout = layoutOf(dataSet, how.file);
  const isBlanked = blankedMask(layout, how);
  const blanked = new Uint8Array(pixels);
  const plane = layout.rows * layout.columns;
  const frameBytes = plane * layout.samples * layout.bytesPerSample;
  for (let frame = 0; (frame + 1) * frameBytes <= blanked.length; frame++) {
    for (let pixel = 0; pixel < plane; pixel++) {
      if (isBlanked[pixel] === 1) blacken(blanked, { layout, frameStart: frame * frameBytes, pixel, plane });
    }
  }
  return blanked;
}

function blacken(
  bytes: Uint8Array,
  at: { readonly layout: Layout; readonly frameStart: number; readonly pixel: number; readonly plane: number },
): void {
  const { layout, frameStart, pixel, plane } = at;
  const { samples, bytesPerSample, isPlanar, black } = layout;
  for (let sample = 0; sample < samples; sample++) {
    const index = isPlanar ? sample * plane + pixel : pixel * samples + sample;
    let value = black[sample];
    for (let byte = 0; byte < bytesPerSample; byte++) {
      bytes[frameStart + index * bytesPerSample + byte] = value % 256;
      value = Math.floor(value / 256);
    }
  }
}

function blankedMask(layout: Layout, { blanked, kept }: BlankedArea): Uint8Array {
  const mask = new Uint8Array(layout.rows * layout.columns).fill(kept.length > 0 ? 1 : 0);
  const paint = (rectangle: PixelRectangle, value: 0 | 1): void => {
    const lastRow = Math.min(layout.rows, rectangle.row + rectangle.rows);
    const first = Math.max(0, rectangle.column);
    const last = Math.min(layout.columns, rectangle.column + rectangle.columns);
    for (let row = Math.max(0, rectangle.row); row < lastRow; row++) {
      if (last > first) mask.fill(value, row * layout.columns + first, row * layout.columns + last);
    }
  };
  for (const rectangle of kept) paint(rectangle, 0);
  for (const rectangle of blanked) paint(rectangle, 1);
  return mask;
}

function layoutOf(dataSet: DataSet, file: string): Layout {
  const bitsAllocated = numberOf(dataSet, "00280100") ?? 0;
  const photometric = textOf(dataSet, "00280004") ?? "";
  const samples = numberOf(dataSet, "00280002") ?? 1;
  const isShared = /_42[02]$/.test(photometric);
  if (![8, 16, 32].includes(bitsAllocated) || isShared)
    throw new DicomError("unsupported-pixel-format", {
      file,
      field: isShared ? "PhotometricInterpretation" : "BitsAllocated",
      details: { reason: isShared ? photometric : `BitsAllocated ${bitsAllocated}` },
    });
  return {
    rows: numberOf(dataSet, "00280010") ?? 0,
    columns: numberOf(dataSet, "00280011") ?? 0,
    samples,
    bytesPerSample: bitsAllocated / 8,
    isPlanar: numberOf(dataSet, "00280006") === 1,
    black: blackOf(dataSet, photometric, samples),
  };
}

/** MONOCHROME1 is black at its highest value, YBR at middle chroma, all others at zero (PS3.3 C.7.6.3.1.2). */
function blackOf(dataSet: DataSet, photometric: string, samples: number): readonly number[] {
  const isSigned = numberOf(dataSet, "00280103") === 1;
  const bitsStored = numberOf(dataSet, "00280101") ?? 8;
  if (photometric === "MONOCHROME1") return [2 ** (bitsStored - (isSigned ? 1 : 0)) - 1];
  if (photometric.startsWith("YBR")) return [0, 2 ** (bitsStored - 1), 2 ** (bitsStored - 1)];
  return new Array<number>(samples).fill(0);
}

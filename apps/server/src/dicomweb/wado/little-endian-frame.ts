import type { AskedInstance } from "../../archive/asked-instance.ts";
import { shiftedBits } from "../../archive/shifted-bits.ts";
import type { WadoContext } from "./wado-context.ts";

/** Explicit VR big endian, retired. */
export const bigEndian = "1.2.840.10008.1.2.2";

/**
 * One frame (one-based) of big endian pixels as explicit little endian has it, plane by plane where it was. As OW two pixels of 8
 * bits or sixteen of one share a word, whose bytes lie the other way round; a frame may begin and end within a word.
 *
 * @throws EtalonError as `Archive.frame`
 * @see PS3.5 section 8.1.1 and annex D
 */
export async function littleEndianFrame(
  { archive, images }: Pick<WadoContext, "archive" | "images">,
  { scope, instance }: AskedInstance,
  frameNumber: number,
): Promise<Uint8Array> {
  const { dataSet, header } = await images.imageOf({ scope, instance });
  const stored = await archive.frame(scope, instance, frameNumber);
  const { rows, columns, samplesPerPixel, bitsAllocated } = header;
  if (bitsAllocated > 8) return reversedUnits(stored, bitsAllocated / 8);
  const bytes = dataSet["7FE00010"]?.vr === "OB" ? stored : reversedUnits(stored, 2);
  const bitsPerFrame = rows * columns * samplesPerPixel * bitsAllocated;
  const firstBit = ((frameNumber - 1) * bitsPerFrame) % 16;
  const own = bytes.subarray(firstBit >> 3);
  // Of YBR_FULL_422 there are fewer, in whole words.
  return bitsAllocated === 1 ? shiftedBits(own, firstBit & 7, bitsPerFrame) : own.subarray(0, bitsPerFrame / 8);
}

/** Each whole run of `unit` bytes reversed. */
function reversedUnits(bytes: Uint8Array, unit: number): Uint8Array {
  const reversed = new Uint8Array(bytes);
  for (let at = 0; at + unit <= reversed.length; at += unit) reversed.subarray(at, at + unit).reverse();
  return reversed;
}

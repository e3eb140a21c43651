import type { ByteSource } from "./byte-source.ts";
import { pixelDataTags } from "./codecs/pixel-layout.ts";
import type { Part10 } from "./part10.ts";
import { type Fragment, frameFragments } from "./pixel-fragments.ts";
import { readBulk } from "./read-bulk.ts";

/**
 * The fragments of every frame of an object with encapsulated pixel data: {@link frameFragments} with the tables that the
 * object has.
 *
 * @throws DicomError as {@link frameFragments}
 */
export async function encapsulatedFrames(
  source: ByteSource,
  part10: Part10,
  numberOfFrames: number,
): Promise<readonly (readonly Fragment[])[]> {
  return frameFragments(source, {
    offset: part10.dataSet[pixelDataTags.integer]?.bulk?.offset ?? 0,
    numberOfFrames,
    extendedOffsets: await extendedTable(source, part10, "7FE00001"),
    extendedLengths: await extendedTable(source, part10, "7FE00002"),
  });
}

/** The 64-bit numbers of an extended offset table element; none where it is absent. */
async function extendedTable(source: ByteSource, part10: Part10, tag: string): Promise<readonly number[]> {
  const element = part10.dataSet[tag];
  const bytes = element?.bulk === undefined ? element?.bytes : await readBulk(source, part10, element.bulk);
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => Number(view.getBigUint64(8 * index, true)));
}

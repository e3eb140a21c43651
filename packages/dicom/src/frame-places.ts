import { DicomError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import { nativeFrameBits } from "./codecs/native.ts";
import { pixelDataTags, pixelLayout } from "./codecs/pixel-layout.ts";
import { encapsulatedFrames } from "./encapsulated-frames.ts";
import type { InstanceHeader } from "./instance.ts";
import type { Part10 } from "./part10.ts";
import type { Fragment } from "./pixel-fragments.ts";
import { tagLabel } from "./tag.ts";

/**
 * Where the stored bytes of every frame lie, in order: the fragments of an encapsulated frame, one range for a native
 * one. Offsets count as those of `bulk` do: in the file, of a deflated file in its inflated data set. The range of a
 * frame of 1-bit pixels that starts or ends within a byte holds the whole byte. Empty where the object has no frames.
 *
 * @param source the file that `part10` was read from
 * @throws DicomError missing-attribute, unsupported-pixel-format, dicom-too-large, dicom-malformed (fewer bytes or
 *   fragments than NumberOfFrames asks for), dicom-truncated
 * @see PS3.5 section 8.1.1 and annex A.4
 */
export async function framePlaces(
  source: ByteSource,
  part10: Part10,
  header: InstanceHeader,
): Promise<readonly (readonly Fragment[])[]> {
  const found = Object.entries(part10.dataSet).find(([tag]) => pixelTags.has(tag));
  const bulk = found?.[1].bulk;
  if (found === undefined || bulk === undefined || header.numberOfFrames < 1) return [];
  if (bulk.length === -1) return encapsulatedFrames(source, part10, header.numberOfFrames);
  const frameBits = nativeFrameBits(pixelLayout(header, part10.dataSet, source.name));
  const neededBytes = Math.ceil((frameBits * header.numberOfFrames) / 8);
  if (neededBytes > bulk.length) {
    const tag = tagLabel(Number.parseInt(found[0], 16));
    const reason = `${bulk.length} bytes of pixels for ${header.numberOfFrames} frames of ${frameBits} bits`;
    throw new DicomError("dicom-malformed", {
      file: source.name,
      field: tag,
      received: bulk.length,
      details: { tag, offset: bulk.offset, reason },
    });
  }
  return Array.from({ length: header.numberOfFrames }, (_, index) => {
    const start = Math.floor((frameBits * index) / 8);
    const end = Math.ceil((frameBits * (index + 1)) / 8);
    return [{ offset: bulk.offset + start, length: end - start }];
  });
}

const pixelTags: ReadonlySet<string> = new Set(Object.values(pixelDataTags));

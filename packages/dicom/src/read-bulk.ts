import { DicomError } from "@etalon/base";
import type { ByteSource } from "./byte-source.ts";
import type { BulkReference } from "./data-set.ts";
import { inflatedSource } from "./inflated-source.ts";
import type { Part10 } from "./part10.ts";
import { deflatedUid } from "./transfer-syntax.ts";

/**
 * Reads a value, or a part of one, that header reading left in the file. The bytes come as they stand there: of a big
 * endian file in big endian order.
 *
 * @param source the file that `part10` was read from
 * @param place offset and length of a native value, 0 ≤ length; fragments are read by offset and length of their own
 * @throws DicomError `dicom-truncated` where the file ends before the value does
 */
export async function readBulk(source: ByteSource, part10: Part10, place: BulkReference): Promise<Uint8Array> {
  const isDeflated = part10.transferSyntaxUid === deflatedUid;
  const stream = isDeflated ? inflatedSource(source, part10.dataSetOffset) : source;
  const available = Math.max(0, stream.size - place.offset);
  const bytes = place.length <= available ? await stream.read(place.offset, place.length) : new Uint8Array(0);
  if (bytes.length !== place.length || place.length < 0) {
    const tag = "bulk data";
    throw new DicomError("dicom-truncated", {
      file: source.name,
      field: tag,
      received: bytes.length,
      details: { tag, offset: source.size },
    });
  }
  return bytes;
}

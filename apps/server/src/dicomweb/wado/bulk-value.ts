import { type BulkReference, type Element, readBulk } from "@etalon/dicom";
import { archiveSource } from "../../archive/archive-source.ts";
import type { AskedInstance } from "../../archive/asked-instance.ts";
import type { WadoContext } from "./wado-context.ts";

const bigEndian = "1.2.840.10008.1.2.2";
const deflated = "1.2.840.10008.1.2.1.99";

/** Bytes that big endian files write in reverse order together, by the VR of a value. */
const wordLengths: Readonly<Record<string, number>> = {
  OW: 2,
  US: 2,
  SS: 2,
  OL: 4,
  OF: 4,
  UL: 4,
  SL: 4,
  FL: 4,
  OD: 8,
  OV: 8,
  FD: 8,
};

/** Whether a value's bytes stand in the file as they are given, so that a part of it can be read alone. */
export function isPlain({ instance }: AskedInstance): boolean {
  return instance.transferSyntaxUid !== bigEndian && instance.transferSyntaxUid !== deflated;
}

/**
 * The bytes of a value that was left in its file, little endian.
 *
 * @param place 0 ≤ length
 * @throws DicomError as `readBulk`
 */
export async function bulkValue(
  { archive }: WadoContext,
  asked: AskedInstance,
  { vr, bulk }: { readonly vr: string; readonly bulk: BulkReference },
): Promise<Uint8Array> {
  const { transferSyntaxUid, dataSetOffset } = asked.instance;
  const part10 = { meta: {}, dataSet: {}, transferSyntaxUid, dataSetOffset };
  const bytes = await readBulk(archiveSource(archive, asked), part10, bulk);
  const unit = transferSyntaxUid === bigEndian ? (wordLengths[vr] ?? 1) : 1;
  if (unit === 1) return bytes;
  const swapped = new Uint8Array(bytes);
  for (let at = 0; at + unit <= swapped.length; at += unit) swapped.subarray(at, at + unit).reverse();
  return swapped;
}

/** The element with its bytes, read from the file where they were left there. */
export async function withBytes(context: WadoContext, asked: AskedInstance, element: Element): Promise<Element> {
  const { vr, bulk } = element;
  if (bulk === undefined || bulk.length < 0) return element;
  return { vr, bytes: await bulkValue(context, asked, { vr, bulk }) };
}

import { textsOf } from "./attribute-values.ts";
import { byteChunks } from "./byte-chunks.ts";
import type { DataSet, Element, ElementValue } from "./data-set.ts";
import { itemTag, undefinedLength } from "./element-header.ts";
import { type TextEncoding, textEncodingOf } from "./encode-text.ts";
import { encodeValue } from "./encode-value.ts";
import { sortedTags, tagLabel } from "./tag.ts";
import { valueRepresentations } from "./value-representation.ts";

/** How to write: always little endian, with or without VRs. */
export interface WriteEncoding {
  readonly isExplicit: boolean;
  /** Of the parent, until the data set says its own. */
  readonly encodeText: TextEncoding;
}

const specificCharacterSet = "00080005";
const longestShortValue = 0xfffe;

/**
 * The bytes of a data set's elements in ascending order, sequences and items with defined lengths (PS3.5 section 7.5).
 * Group lengths are left out: they are retired, and would no longer be true.
 *
 * @throws InputError as {@link encodeValue}
 */
export function encodeElements(dataSet: DataSet, encoding: WriteEncoding): Uint8Array {
  const own = dataSet[specificCharacterSet] === undefined ? undefined : textsOf(dataSet, specificCharacterSet);
  const inner = own === undefined ? encoding : { ...encoding, encodeText: textEncodingOf(own) };
  const chunks = byteChunks();
  for (const key of sortedTags(dataSet)) {
    if (key.endsWith("0000") && !key.startsWith("0002")) continue;
    const tag = Number.parseInt(key, 16);
    const element = dataSet[key];
    const value =
      element.vr === "SQ" ? encodeItems(element, inner) : encodeValue(element, inner.encodeText, tagLabel(tag));
    chunks.append(encodeHeader(tag, { vr: element.vr, length: value.length }, inner.isExplicit));
    chunks.append(value);
  }
  return chunks.join();
}

function isDataSet(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}

function encodeItems(element: Element, encoding: WriteEncoding): Uint8Array {
  const chunks = byteChunks();
  for (const item of (element.Value ?? []).filter(isDataSet)) {
    const bytes = encodeElements(item, encoding);
    chunks.append(encodeHeader(itemTag, { vr: "", length: bytes.length }, false));
    chunks.append(bytes);
  }
  return chunks.join();
}

/** A value too long for the 16-bit length of its VR is written as UN (PS3.5 section 6.2.2, note 2). */
function encodeHeader(tag: number, value: { vr: string; length: number }, isExplicit: boolean): Uint8Array {
  if (value.length >= undefinedLength) throw new RangeError(`value of ${value.length} bytes in ${tagLabel(tag)}`);
  const isLong = isExplicit && (valueRepresentations.get(value.vr)?.hasLongLength ?? false);
  const vr = isExplicit && !isLong && value.length > longestShortValue ? "UN" : value.vr;
  const hasReserved = isLong || vr !== value.vr;
  const bytes = new Uint8Array(hasReserved ? 12 : 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  if (!isExplicit) {
    view.setUint32(4, value.length, true);
    return bytes;
  }
  bytes[4] = vr.charCodeAt(0);
  bytes[5] = vr.charCodeAt(1);
  if (hasReserved) view.setUint32(8, value.length, true);
  else view.setUint16(6, value.length, true);
  return bytes;
}

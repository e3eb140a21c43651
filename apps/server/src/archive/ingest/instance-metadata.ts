import { promisify } from "node:util";
import { gzip, gzipSync } from "node:zlib";
import { type DataSet, type Element, type ElementValue, sortedTags, toDicomJson } from "@etalon/dicom";
import type { QueryLevel } from "../query.ts";
import { levelOfTag } from "../search/attribute-level.ts";

const specificCharacterSet = "00080005";
const compress = promisify(gzip);
/** Characters that are compressed at once: handing them to another thread takes longer. */
const smallLength = 32 * 1024;

/**
 * An instance's metadata as it is kept: DICOM JSON (PS3.18 annex F), gzip. Values left in the file stand as BulkDataURI;
 * texts are UTF-8 and say so (F.2, F.4); group lengths, which describe a file's bytes, are left out.
 */
export async function encodeMetadata(dataSet: DataSet): Promise<Uint8Array> {
  const json = JSON.stringify(toDicomJson(withoutFileForm(dataSet)));
  const isDefaultRepertoire = dataSet[specificCharacterSet] === undefined && !/[^\x20-\x7e]/.test(json);
  const text = isDefaultRepertoire ? json : `{${utf8Element},${json.slice(1)}`;
  return text.length <= smallLength ? gzipSync(text) : compress(text);
}

const utf8Element = `"${specificCharacterSet}":{"vr":"CS","Value":["ISO_IR 192"]}`;

/** Without what speaks of the file's own encoding: group lengths and character sets, also in items. */
function withoutFileForm(dataSet: DataSet): DataSet {
  const kept: Record<string, Element> = {};
  for (const tag of sortedTags(dataSet)) {
    const element = dataSet[tag];
    if (element === undefined || tag.endsWith("0000") || tag === specificCharacterSet) continue;
    const items = element.vr === "SQ" ? element.Value : undefined;
    kept[tag] = items === undefined ? element : { ...element, Value: items.map(itemWithoutFileForm) };
  }
  return kept;
}

function itemWithoutFileForm(item: ElementValue): ElementValue {
  return isItem(item) ? withoutFileForm(item) : item;
}

/** Of a sequence, every value but an empty one is an item. */
function isItem(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}

/** The attributes of one level that have a value, as DICOM JSON text; values left in the file are left out. */
export function encodeAttributes(dataSet: DataSet, level: QueryLevel): string {
  const ofLevel = Object.fromEntries(
    Object.entries(dataSet).filter(
      ([tag, { Value, bytes }]) => levelOfTag(tag) === level && (Value !== undefined || bytes !== undefined),
    ),
  );
  // PostgreSQL's JSON holds no NUL, which broken files do.
  return JSON.stringify(toDicomJson(withoutFileForm(ofLevel)), (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\0", "") : value,
  );
}

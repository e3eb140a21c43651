import { type DataSet, type ElementValue, itemsOf, type KeywordRecord, type KeywordValue } from "@etalon/dicom";
import { type ModelAttribute, worklistModel } from "./worklist-model.ts";

/** An item by PS3.6 keywords, as it is given: the inverse of `readItem`. */
export function recordOfItem(item: DataSet, model: readonly ModelAttribute[] = worklistModel): KeywordRecord {
  const entries = model.flatMap(({ keyword, tag, items }): (readonly [string, KeywordRecord[string]])[] => {
    const element = item[tag];
    if (element === undefined) return [];
    if (items !== undefined) return [[keyword, itemsOf(item, tag).map((one) => recordOfItem(one, items))]];
    const values = (element.Value ?? []).map(textOrNumber);
    return [[keyword, values.length > 1 ? values : (values[0] ?? null)]];
  });
  return Object.fromEntries(entries);
}

function textOrNumber(value: ElementValue): KeywordValue {
  if (value === null || typeof value !== "object") return value;
  const { Alphabetic = "", Ideographic = "", Phonetic = "" } = value;
  return [Alphabetic, Ideographic, Phonetic].join("=").replace(/=+$/, "");
}

import { type DataSet, type Element, type ElementValue, itemsOf } from "@etalon/dicom";
import { type ModelAttribute, worklistModel } from "./worklist-model.ts";
import { worklistTags as tags } from "./worklist-tags.ts";

/**
 * What of an item answers a query: every attribute of the information model that was asked for, empty where the item has no
 * value of it (PS3.4 section C.2.2.1). A sequence that is asked for without the attributes of its items is returned whole.
 */
export function returnedItem(item: DataSet, identifier: DataSet): DataSet {
  return {
    ...pick(item, identifier, worklistModel),
    [tags.specificCharacterSet]: { vr: "CS", Value: ["ISO_IR 192"] },
  };
}

function pick(item: DataSet, asked: DataSet, model: readonly ModelAttribute[]): DataSet {
  const picked: Record<string, Element> = {};
  for (const [tag, element] of Object.entries(asked)) {
    const attribute = model.find((one) => one.tag === tag);
    if (attribute === undefined) continue;
    const { vr, items } = attribute;
    const stored = item[tag];
    if (items === undefined) picked[tag] = stored ?? { vr };
    else picked[tag] = { vr, Value: itemsOf(item, tag).map((one) => pickItem(one, element, items)) };
  }
  return picked;
}

function pickItem(item: DataSet, asked: Element, model: readonly ModelAttribute[]): DataSet {
  const [wanted] = (asked.Value ?? []).filter(isDataSet);
  return wanted === undefined || Object.keys(wanted).length === 0 ? item : pick(item, wanted, model);
}

function isDataSet(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}

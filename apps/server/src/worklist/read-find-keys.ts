import { InputError } from "@etalon/base";
import type { DataSet, Element, ElementValue } from "@etalon/dicom";
import type { ReadKey } from "../archive/search/matches-criterion.ts";
import { isMatchableVr, readCriterion } from "../archive/search/read-criterion.ts";
import { type ModelAttribute, worklistModel } from "./worklist-model.ts";

/** What an identifier asks for. */
export interface FindKeys {
  readonly keys: readonly ReadKey[];
  /** Whether a key was left out that is none of the information model: the peer is told. */
  readonly hasUnknown: boolean;
}

/** What says something of the query and is matched with nothing: SpecificCharacterSet, TimezoneOffsetFromUTC. */
const silent: ReadonlySet<string> = new Set(["00080005", "00080201", "00080052"]);

/**
 * The matching keys of a worklist query (PS3.4 section C.2.2.2). A sequence is matched through the attributes of its one item.
 *
 * @throws InputError `malformed-query`, its field the tag
 */
export function readFindKeys(identifier: DataSet): FindKeys {
  const keys: ReadKey[] = [];
  let hasUnknown = false;
  const walk = (dataSet: DataSet, model: readonly ModelAttribute[], above: readonly string[]): void => {
    for (const [tag, element] of Object.entries(dataSet)) {
      if (silent.has(tag) || tag.endsWith("0000")) continue;
      const attribute = model.find((one) => one.tag === tag);
      if (attribute === undefined) {
        hasUnknown ||= hasValue(element);
        continue;
      }
      const tags = [...above, tag];
      if (attribute.items !== undefined) walk(itemOf(element, tag), attribute.items, tags);
      else if (isMatchableVr(attribute.vr)) {
        const value = keyText(element);
        const criterion = readCriterion({ field: tag, value, vr: attribute.vr }, { isFuzzy: false });
        if (criterion.kind !== "universal") keys.push({ tags, criterion });
      }
    }
  };
  walk(identifier, worklistModel, []);
  return { keys, hasUnknown };
}

/** The item of a sequence key, of which there is one at most (PS3.4 section C.2.2.2.6). */
function itemOf(element: Element, tag: string): DataSet {
  const items = (element.Value ?? []).filter(isDataSet);
  if (items.length > 1) throw new InputError("malformed-query", tag, items.length, "one item");
  return items[0] ?? {};
}

function isDataSet(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null;
}

function hasValue({ Value, bytes }: Element): boolean {
  return (Value ?? []).some((value) => value !== null && value !== "") || (bytes?.length ?? 0) > 0;
}

/** The values of a key as they were written, "\" between them. */
function keyText({ vr, Value = [] }: Element): string {
  return Value.map((value) => {
    if (value === null || typeof value !== "object") return String(value ?? "");
    if (vr !== "PN") return "";
    const { Alphabetic, Ideographic, Phonetic } = value;
    return [Alphabetic, Ideographic, Phonetic]
      .map((group) => (typeof group === "string" ? group : ""))
      .join("=")
      .replace(/=+$/, "");
  }).join("\\");
}

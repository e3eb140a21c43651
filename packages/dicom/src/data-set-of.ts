import { InputError } from "@etalon/base";
import type { DataSet, Element, ElementValue, PersonName } from "./data-set.ts";
import { dictionaryVr, tagOfKeyword } from "./dictionary.ts";
import { personNameOf } from "./person-name.ts";

/** One value under its keyword: text, number, name, or the keyword record of an item. */
export type KeywordValue = string | number | bigint | PersonName | KeywordRecord | null;

/** A data set by PS3.6 keywords. Keys of eight hexadecimal digits take a whole element, for private ones. */
export interface KeywordRecord {
  readonly [keyword: string]: KeywordValue | readonly KeywordValue[] | Uint8Array | Element | undefined;
}

/**
 * A data set from keywords, with the VRs of PS3.6:
 * `dataSetOf({ Rows: 512, PatientName: "Doe^Jane", ReferencedImageSequence: [{ ReferencedSOPInstanceUID: "1.2" }] })`.
 * `null` writes an empty element, `undefined` none. Binary values are a `Uint8Array` in little endian.
 *
 * @throws InputError `unknown-name` (no keyword of PS3.6)
 */
export function dataSetOf(record: KeywordRecord): DataSet {
  const dataSet: Record<string, Element> = {};
  for (const [keyword, value] of Object.entries(record)) {
    if (value === undefined) continue;
    const tag = /^[0-9A-F]{8}$/.test(keyword) ? keyword : tagOfKeyword(keyword);
    if (tag === undefined) throw new InputError("unknown-name", "keyword", keyword, "PS3.6 table 6-1");
    dataSet[tag] = isElement(value) ? value : elementOfValue(tag, value, record);
  }
  return dataSet;
}

function isElement(value: KeywordRecord[string]): value is Element {
  return typeof value === "object" && value !== null && "vr" in value && typeof value["vr"] === "string";
}

function elementOfValue(tag: string, value: Exclude<KeywordRecord[string], undefined>, record: KeywordRecord): Element {
  const vr = settledVr(Number.parseInt(tag, 16), value, record);
  if (value instanceof Uint8Array) return { vr, bytes: value };
  const values: readonly KeywordValue[] = isList(value) ? value : isElement(value) ? [] : [value];
  if (value === null || values.length === 0) return { vr };
  return { vr, Value: values.map((entry) => elementValue(entry, vr)) };
}

function isList(value: Exclude<KeywordRecord[string], undefined>): value is readonly KeywordValue[] {
  return Array.isArray(value);
}

/** The VR where PS3.6 leaves a choice: by PixelRepresentation, BitsAllocated and what was given. */
function settledVr(tag: number, value: unknown, record: KeywordRecord): string {
  const vr = dictionaryVr(tag);
  if (vr === "ox") return Number(record["BitsAllocated"] ?? 16) > 8 ? "OW" : "OB";
  if (vr === "xs") return record["PixelRepresentation"] === 1 ? "SS" : "US";
  if (vr === "lt") return value instanceof Uint8Array ? "OW" : "US";
  return vr;
}

function elementValue(entry: KeywordValue, vr: string): ElementValue {
  if (vr === "PN" && typeof entry === "string") return personNameOf(entry);
  if (typeof entry !== "object" || entry === null || isNameIn(entry, vr)) return entry;
  return dataSetOf(entry);
}

function isNameIn(_entry: PersonName | KeywordRecord, vr: string): _entry is PersonName {
  return vr === "PN";
}

import {
  type DataSet,
  type ElementValue,
  elementOf,
  firstItemOf,
  numberOf,
  type PersonName,
  textOf,
} from "@etalon/dicom";
import { foldName } from "../search/fold-name.ts";

/** PostgreSQL's index entries hold 2700 bytes; the longest legal value of these attributes has 5 × 64 characters. */
const longestColumn = 512;

/** PostgreSQL's integer. */
const largestInteger = 2 ** 31 - 1;

/** A text as a column can hold it. */
function columnText(text: string | undefined): string | null {
  const held = text?.replaceAll("\0", "").trim().slice(0, longestColumn);
  return held === undefined || held === "" ? null : held;
}

/** The attribute's first value, `null` where it has none. */
export function textColumn(dataSet: DataSet, tag: string): string | null {
  return columnText(textOf(dataSet, tag));
}

/** The attribute's first value where it is a whole number that the column can hold. */
export function integerColumn(dataSet: DataSet, tag: string): number | null {
  const value = numberOf(dataSet, tag);
  return value !== undefined && Number.isInteger(value) && Math.abs(value) <= largestInteger ? value : null;
}

/** A person name with its component groups, as in a file: "Yamada^Tarou=山田^太郎". */
export function nameColumn(dataSet: DataSet, tag: string): string | null {
  const value = elementOf(dataSet, tag)?.Value?.[0];
  if (!isPersonName(value)) return textColumn(dataSet, tag);
  const { Alphabetic = "", Ideographic = "", Phonetic = "" } = value;
  return columnText([Alphabetic, Ideographic, Phonetic].join("=").replace(/=+$/, ""));
}

/** The name as it is matched. */
export function foldedNameColumn(dataSet: DataSet, tag: string): string | null {
  const name = nameColumn(dataSet, tag);
  return name === null ? null : columnText(foldName(name));
}

/** An attribute of a sequence's first item. */
export function itemTextColumn(dataSet: DataSet, sequence: string, tag: string): string | null {
  const item = firstItemOf(dataSet, sequence);
  return item === undefined ? null : textColumn(item, tag);
}

function isPersonName(value: ElementValue | undefined): value is PersonName {
  return typeof value === "object" && value !== null && ("Alphabetic" in value || "Ideographic" in value);
}

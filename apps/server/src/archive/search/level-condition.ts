import { type RawBuilder, sql } from "kysely";
import type { QueryLevel } from "../query.ts";
import type { MomentCriterion } from "./criterion.ts";
import { type ColumnForm, indexedColumns } from "./indexed-columns.ts";
import type { ReadKey } from "./matches-criterion.ts";
import { patientCounts } from "./patient-counts.ts";
import { allOf, columnCondition, combinedCondition, documentCondition, type SqlCondition } from "./sql-condition.ts";

/** Dates and the times of the same moment that have columns (PS3.4 C.2.2.2.5.4). */
const datesWithTimes: readonly (readonly [date: string, time: string])[] = [
  ["00080020", "00080030"],
  ["00400244", "00400245"],
];

interface CombinedRange {
  readonly date: string;
  readonly time: string;
  readonly range: { readonly from?: string; readonly to?: string };
}

/** The condition of all keys of one level on the rows of its table. */
export function levelCondition(
  level: QueryLevel,
  keys: readonly ReadKey[],
  { isCombinedDateTime }: { readonly isCombinedDateTime: boolean },
): SqlCondition {
  const combined = isCombinedDateTime ? datesWithTimes.flatMap((pair) => combinedRange(pair, keys)) : [];
  const taken = new Set(combined.flatMap(({ date, time }) => [date, time]));
  const left = keys.filter(({ tags }) => tags.length > 1 || !taken.has(tags[0] ?? ""));
  const inColumns = left.flatMap((key) => {
    const place = placeOf(level, key);
    return place === undefined ? [] : [columnCondition(place.place, place.form, key.criterion)];
  });
  const inDocument = left.filter((key) => placeOf(level, key) === undefined);
  return allOf([
    ...combined.map(({ date, time, range }) =>
      combinedCondition({ date: columnName(level, date), time: columnName(level, time) }, range),
    ),
    ...inColumns,
    ...(inDocument.length === 0 ? [] : [documentCondition(`${level}.attributes`, inDocument)]),
  ]);
}

function placeOf(
  level: QueryLevel,
  { tags }: ReadKey,
): { readonly place: RawBuilder<never>; readonly form: ColumnForm } | undefined {
  const tag = tags.length === 1 ? (tags[0] ?? "") : "";
  const counted = patientCounts.get(tag);
  if (counted !== undefined) return { place: counted, form: "number" };
  const column = indexedColumns.get(tag);
  return column === undefined ? undefined : { place: sql.ref(`${level}.${column.column}`), form: column.form };
}

function columnName(level: QueryLevel, tag: string): string {
  return `${level}.${indexedColumns.get(tag)?.column ?? ""}`;
}

/** The one range of a date and its time, where both were asked as ranges of the same form. */
function combinedRange([date, time]: readonly [string, string], keys: readonly ReadKey[]): readonly CombinedRange[] {
  const dates = rangeOf(date, keys);
  const times = rangeOf(time, keys);
  if (dates === undefined || times === undefined) return [];
  if ((dates.from === undefined) !== (times.from === undefined)) return [];
  if ((dates.to === undefined) !== (times.to === undefined)) return [];
  const range = {
    ...(dates.from === undefined ? {} : { from: `${dates.from}${times.from ?? ""}` }),
    ...(dates.to === undefined ? {} : { to: `${dates.to}${times.to ?? ""}` }),
  };
  return [{ date, time, range }];
}

function rangeOf(tag: string, keys: readonly ReadKey[]): MomentCriterion | undefined {
  const criterion = keys.find(({ tags }) => tags.length === 1 && tags[0] === tag)?.criterion;
  return criterion?.kind === "moment" && criterion.isRange ? criterion : undefined;
}

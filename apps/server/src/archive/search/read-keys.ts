import { dictionaryVr } from "@etalon/dicom";
import type { Query, QueryLevel } from "../query.ts";
import { levelOfTag } from "./attribute-level.ts";
import { indexedColumns } from "./indexed-columns.ts";
import { isUniversal, type ReadKey } from "./matches-criterion.ts";
import { isMatchableVr, readCriterion } from "./read-criterion.ts";

/** The keys of a query by what must be asked: none is universal. */
export interface KeysByLevel {
  readonly study: readonly ReadKey[];
  readonly series: readonly ReadKey[];
  /** Those with a column of the instance table. */
  readonly instance: readonly ReadKey[];
  /** Those that only the instance's own metadata can tell. */
  readonly metadata: readonly ReadKey[];
  readonly warnings: readonly string[];
}

/**
 * Attributes that say something of the query or of the archive itself and are no property of a study: SpecificCharacterSet,
 * QueryRetrieveLevel, RetrieveAETitle, TimezoneOffsetFromUTC, RetrieveURL.
 */
const unmatched: ReadonlySet<string> = new Set(["00080005", "00080052", "00080054", "00080201", "00081190"]);
/** What of these changes nothing for the result, and needs no word. */
const silent: ReadonlySet<string> = new Set(["00080005", "00080052"]);

/** Deeper than any sequence that is asked for, and far below what SQL can nest. */
const mostLevels = 8;

/**
 * Keys of a query, read by their VR and sorted by the level of their attribute. What cannot be matched is left out with a
 * warning (PS3.18 section 8.3.1: unsupported parameters are ignored).
 *
 * @throws InputError `malformed-query`
 */
export function readKeys(query: Query): KeysByLevel {
  const keys: Record<"study" | "series" | "instance" | "metadata", ReadKey[]> = {
    study: [],
    series: [],
    instance: [],
    metadata: [],
  };
  const warnings: string[] = [];
  for (const { path, value } of query.keys) {
    const tags = path.split(".");
    const [first = ""] = tags;
    const last = tags.at(-1) ?? "";
    const vr = dictionaryVr(Number.parseInt(last, 16));
    const isKnown = isMatchableVr(vr) && !unmatched.has(first) && tags.length <= mostLevels;
    if (!isKnown && (value.trim() === "" || silent.has(first))) continue;
    if (!isKnown) {
      warnings.push(`${path} is not matched here and was ignored`);
      continue;
    }
    const key: ReadKey = { tags, criterion: readCriterion({ field: path, value, vr }, query) };
    if (isUniversal(key)) continue;
    const place = placeOf(tags);
    if (place === "metadata" && query.level !== "instance")
      warnings.push(`${path} is matched in searches for instances only and was ignored`);
    else keys[place].push(key);
  }
  return { ...keys, warnings };
}

function placeOf(tags: readonly string[]): QueryLevel | "metadata" {
  const [first = ""] = tags;
  const column = tags.length === 1 ? indexedColumns.get(first) : undefined;
  if (column !== undefined) return column.level;
  const level = levelOfTag(first);
  return level === "instance" ? "metadata" : level;
}

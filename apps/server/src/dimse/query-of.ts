import type { DataSet, Element, ElementValue } from "@etalon/dicom";
import { DimseError, dimseStatus, type QueryRetrieveLevel, type QueryRetrieveRequest } from "@etalon/dicom/network";
import type { MatchingKey, Query, QueryLevel } from "../archive/query.ts";
import { readExtended } from "./extended-negotiation.ts";
import { isPatientAttribute } from "./patient-attributes.ts";
import { checkKeysAbove } from "./unique-keys.ts";

/** What an identifier asks of the archive. */
export interface AskedMatches {
  readonly query: Omit<Query, "limit" | "offset">;
  /** Whether a key asks for what cannot be matched on at all: it is left out. */
  readonly ignoresKeys: boolean;
}

/** A patient is found by the attributes of its studies. */
const queryLevels: Readonly<Record<QueryRetrieveLevel, QueryLevel>> = {
  patient: "study",
  study: "study",
  series: "series",
  image: "instance",
};

/** What says how the query is meant, or is said by who answers: no keys (PS3.4 sections C.4.1.1.3.1 and C.4.1.1.3.2). */
const noKeys: ReadonlySet<string> = new Set(["00080005", "00080052", "00080053", "00080054", "00080056", "00080201"]);

/** Far more than any client asks, and little enough to keep the SQL small. */
const mostValuedKeys = 100;

/**
 * The query of a C-FIND: a key with a value is matched on, one without is returned. Keys of a sequence's item are keys of
 * their own; a sequence without item, or with an empty one, is returned whole.
 *
 * @throws DimseError A900H where the unique keys above the level are missing and nobody agreed on relational queries
 */
export function queryOf(request: QueryRetrieveRequest): AskedMatches {
  const { level, identifier, extended } = request;
  const { isRelational, ...behavior } = readExtended(extended);
  if (!isRelational) checkKeysAbove(request);
  const all = [...keysIn(identifier, "")];
  const known = level === "patient" ? all.filter(({ path }) => isPatientAttribute(path)) : all;
  const keys = known.flatMap(({ path, value }): MatchingKey[] => (value ? [{ path, value }] : []));
  if (keys.length > mostValuedKeys) throw new DimseError(dimseStatus.unableToProcess, "too many keys");
  const isLeftOut = ({ path, value }: AskedKey): boolean =>
    value === undefined || (value !== "" && level === "patient" && !isPatientAttribute(path));
  return {
    query: {
      level: queryLevels[level],
      keys,
      includeFields: known.filter(({ value }) => !value).map(({ path }) => path),
      ...behavior,
    },
    ignoresKeys: all.some(isLeftOut),
  };
}

/** One key of an identifier; without value where it is of a VR whose values no text tells. */
interface AskedKey {
  readonly path: string;
  readonly value: string | undefined;
}

function* keysIn(dataSet: DataSet, prefix: string): Generator<AskedKey, void> {
  for (const [tag, element] of Object.entries(dataSet)) {
    // Group lengths are retired, and say nothing of a study.
    if (tag.endsWith("0000") || (prefix === "" && noKeys.has(tag))) continue;
    const path = `${prefix}${tag}`;
    if (element.vr !== "SQ") {
      yield { path, value: keyValueOf(element) };
      continue;
    }
    const [item] = (element.Value ?? []).filter(isDataSet);
    if (item === undefined || Object.keys(item).length === 0) yield { path, value: "" };
    else yield* keysIn(item, `${path}.`);
  }
}

/** A key's value as text, several of them between backslashes as they were sent. */
function keyValueOf({ Value = [], bytes, bulk }: Element): string | undefined {
  if (bulk !== undefined || (bytes?.length ?? 0) > 0) return undefined;
  return Value.map(textOfValue).join("\\");
}

function textOfValue(value: ElementValue): string {
  if (value === null || isDataSet(value)) return "";
  if (typeof value !== "object") return String(value);
  const { Alphabetic = "", Ideographic = "", Phonetic = "" } = value;
  return [Alphabetic, Ideographic, Phonetic].join("=").replace(/=+$/, "");
}

function isDataSet(value: ElementValue): value is DataSet {
  return typeof value === "object" && value !== null && !isPersonName(value);
}

function isPersonName(value: object): boolean {
  return "Alphabetic" in value || "Ideographic" in value || "Phonetic" in value;
}

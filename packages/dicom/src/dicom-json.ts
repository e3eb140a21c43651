import { InputError, type JsonValue } from "@etalon/base";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import type { DataSet, Element, ElementValue, PersonName } from "./data-set.ts";
import { sortedTags } from "./tag.ts";

/** What a BulkDataURI of ours looks like: the place of the value in its own file. */
const bulkPattern = /^#offset=(\d+)&length=(-1|\d+)$/;

/**
 * A data set in the strict DICOM JSON model (PS3.18 annex F.2): binary values as base64, values left in the file as
 * `BulkDataURI` "#offset=…&length=…", numbers beyond 2^53 and those that JSON lacks as strings. A key order of tags is
 * only possible as far as JavaScript keeps it; `canonicalJson` sorts.
 */
export function toDicomJson(dataSet: DataSet): JsonValue {
  return Object.fromEntries(sortedTags(dataSet).map((tag) => [tag, elementToJson(dataSet[tag])]));
}

function elementToJson(element: Element): JsonValue {
  const { vr, Value, bytes, bulk } = element;
  if (bulk !== undefined) return { vr, BulkDataURI: `#offset=${bulk.offset}&length=${bulk.length}` };
  if (bytes !== undefined) return { vr, InlineBinary: encodeBase64(bytes) };
  return Value === undefined ? { vr } : { vr, Value: Value.map(valueToJson) };
}

function valueToJson(value: ElementValue): JsonValue {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return Number.isFinite(value) ? value : numberText(value);
  return isPersonName(value) ? { ...value } : toDicomJson(value);
}

/** FL and FD hold what JSON has no number for (PS3.18 table F.2.3-1: "NaN", "inf", "-inf"). */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "inf" : "-inf";
}

/** Person names have component groups, items have tags; an empty object is an empty item. */
function isPersonName(value: PersonName | DataSet): value is PersonName {
  return "Alphabetic" in value || "Ideographic" in value || "Phonetic" in value;
}

/**
 * The data set of a DICOM JSON object: the inverse of {@link toDicomJson}.
 *
 * @throws InputError `wrong-type` (not the DICOM JSON model)
 */
export function fromDicomJson(json: JsonValue): DataSet {
  if (!isObject(json)) throw new InputError("wrong-type", "DICOM JSON", typeof json, "an object");
  return Object.fromEntries(
    Object.entries(json).map(([tag, element]) => {
      if (!/^[0-9A-F]{8}$/.test(tag)) throw new InputError("wrong-type", "tag", tag, "eight hexadecimal digits");
      return [tag, elementFromJson(tag, element)];
    }),
  );
}

type JsonObject = { readonly [key: string]: JsonValue };

function isObject(json: JsonValue | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function elementFromJson(tag: string, json: JsonValue): Element {
  const vr = isObject(json) ? json["vr"] : undefined;
  if (!isObject(json) || typeof vr !== "string") throw new InputError("wrong-type", tag, "no vr", "an element");
  const { Value, InlineBinary, BulkDataURI } = json;
  if (typeof InlineBinary === "string") return { vr, bytes: decodeBase64(InlineBinary, tag) };
  if (typeof BulkDataURI === "string") {
    const match = bulkPattern.exec(BulkDataURI);
    if (match === null) throw new InputError("wrong-type", tag, BulkDataURI, "#offset=…&length=…");
    return { vr, bulk: { offset: Number(match[1]), length: Number(match[2]) } };
  }
  if (Value === undefined) return { vr };
  if (!Array.isArray(Value)) throw new InputError("wrong-type", tag, typeof Value, "an array");
  return { vr, Value: Value.map((value: JsonValue) => valueFromJson(value, vr, tag)) };
}

function valueFromJson(value: JsonValue, vr: string, tag: string): ElementValue {
  if (value === null || typeof value === "number") return value;
  if (typeof value === "string") return stringFromJson(value, vr);
  if (!isObject(value)) throw new InputError("wrong-type", tag, String(value), "a value");
  return vr === "PN" ? personNameFromJson(value) : fromDicomJson(value);
}

function stringFromJson(value: string, vr: string): string | number | bigint {
  if ((vr === "UV" || vr === "SV") && /^-?\d+$/.test(value)) {
    const long = BigInt(value);
    return Number.isSafeInteger(Number(long)) ? Number(long) : long;
  }
  if (vr !== "FL" && vr !== "FD") return value;
  const special: Readonly<Record<string, number>> = {
    NaN: Number.NaN,
    inf: Number.POSITIVE_INFINITY,
    "-inf": Number.NEGATIVE_INFINITY,
  };
  return special[value] ?? value;
}

function personNameFromJson(json: JsonObject): PersonName {
  const { Alphabetic, Ideographic, Phonetic } = json;
  return {
    ...(typeof Alphabetic === "string" ? { Alphabetic } : {}),
    ...(typeof Ideographic === "string" ? { Ideographic } : {}),
    ...(typeof Phonetic === "string" ? { Phonetic } : {}),
  };
}

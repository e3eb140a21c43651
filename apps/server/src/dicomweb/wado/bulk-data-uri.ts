import type { JsonValue } from "@etalon/base";
import type { DataSet, Element } from "@etalon/dicom";

/**
 * Pixel data left in the file, up to the end of the data set, with at most binary elements behind it, such as padding: no
 * sequence is closed there, so that it is none of an icon.
 */
const lastPixels =
  /^(7FE0[0-9A-F]{4})":\{"vr":"O[A-Z]","BulkDataURI":"#offset=\d+&length=-?\d+"((?:\},"[0-9A-F]{8}":\{"vr":"O[A-Z]"(?:,"InlineBinary":"[A-Za-z0-9+/=]*")?)*\}\})$/;
/** From the tag up to the name of its BulkDataURI. */
const tagToUri = '7FE00010":{"vr":"OW",'.length;

/**
 * DICOM JSON whose values that were left in the file are reached by URL: "…/bulkdata/7FE00010", and in sequences
 * "…/bulkdata/52009230/2/00281201", the third item's. Lookup by {@link elementAtPath}. Most objects leave only their pixels in
 * the file, and their text is not read for it.
 *
 * @param json text of a DICOM JSON object
 * @param instanceUrl URL of the instance
 * @param version hash of the data set, where the request named one
 */
export function withAbsoluteUris(json: string, instanceUrl: string, version: string | undefined): string {
  const first = json.indexOf('"BulkDataURI":');
  if (first < 0) return json;
  const query = version === undefined ? "" : `?etalon-version=${version}`;
  const urlOf = (path: string): string => `${instanceUrl}/bulkdata${path}${query}`;
  const [, tag, rest = ""] = lastPixels.exec(json.slice(first - tagToUri)) ?? [];
  if (tag !== undefined) return `${json.slice(0, first)}"BulkDataURI":${JSON.stringify(urlOf(`/${tag}`))}${rest}`;
  // What was written by JSON.stringify.
  return JSON.stringify(withUris(JSON.parse(json) as JsonValue, urlOf, ""));
}

function withUris(json: JsonValue, urlOf: (path: string) => string, path: string): JsonValue {
  if (!isObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([tag, element]) => [tag, elementWithUris(element, urlOf, `${path}/${tag}`)]),
  );
}

function elementWithUris(element: JsonValue, urlOf: (path: string) => string, path: string): JsonValue {
  if (!isObject(element)) return element;
  if (element["BulkDataURI"] !== undefined) return { ...element, BulkDataURI: urlOf(path) };
  const { Value } = element;
  if (element["vr"] !== "SQ" || !Array.isArray(Value)) return element;
  return { ...element, Value: Value.map((item: JsonValue, index) => withUris(item, urlOf, `${path}/${index}`)) };
}

function isObject(json: JsonValue | undefined): json is { readonly [key: string]: JsonValue } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** The element that the path of a bulk data URL names: "7FE00010", "52009230/2/00281201". */
export function elementAtPath(dataSet: DataSet, path: string): Element | undefined {
  const [tag = "", index, ...rest] = path.split("/");
  const element = Object.hasOwn(dataSet, tag.toUpperCase()) ? dataSet[tag.toUpperCase()] : undefined;
  if (element === undefined || index === undefined) return element;
  if (element.vr !== "SQ" || !/^\d{1,9}$/.test(index) || rest.length === 0) return undefined;
  const item = element.Value?.[Number(index)];
  return typeof item === "object" && item !== null ? elementAtPath(itemOf(item), rest.join("/")) : undefined;
}

/** The value of a sequence is an item: names stand in PN alone. */
function itemOf(value: object): DataSet {
  return Object.fromEntries(Object.entries(value));
}

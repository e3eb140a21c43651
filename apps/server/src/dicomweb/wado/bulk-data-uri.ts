import type { JsonValue } from "@etalon/base";
import type { DataSet, Element } from "@etalon/dicom";

/**
 * DICOM JSON whose values that were left in the file are reached by URL: "…/bulkdata/7FE00010", and in sequences
 * "…/bulkdata/52009230/2/00281201", the third item's. Lookup by {@link elementAtPath}.
 *
 * @param instanceUrl URL of the instance
 * @param version hash of the data set, where the request named one
 */
export function withBulkDataUris(json: JsonValue, instanceUrl: string, version: string | undefined): JsonValue {
  const query = version === undefined ? "" : `?etalon-version=${version}`;
  return withUris(json, (path) => `${instanceUrl}/bulkdata${path}${query}`, "");
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

/** Red, green and blue colour tables, whole and in segments (PS3.3 C.7.9). */
const tableTags = ["00281201", "00281202", "00281203", "00281221", "00281222", "00281223"];

/** Addresses of the colour tables that an object's metadata leave on the server (PS3.18 annex F.2.6), by tag. */
export function tableUrlsOf(json: unknown): Readonly<Record<string, string>> {
  const urls = tableTags.map((tag) => [tag, textIn(valueIn(json, tag), "BulkDataURI")] as const);
  return Object.fromEntries(urls.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function textIn(value: unknown, name: string): string | undefined {
  const text = valueIn(value, name);
  return typeof text === "string" ? text : undefined;
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

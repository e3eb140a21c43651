import type { JsonValue } from "@etalon/base";

/** What stands for a value that was left on the server: it is there, and is asked for by its own address. */
const leftThere = "#offset=0&length=0";

/**
 * DICOM JSON of the server as our reader takes it: values left on the server are marked as such instead of addressed
 * (PS3.18 annex F.2.6).
 */
export function withoutBulkAddresses(json: unknown): JsonValue {
  if (Array.isArray(json)) return json.map(withoutBulkAddresses);
  if (typeof json === "object" && json !== null) {
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [
        key,
        key === "BulkDataURI" ? leftThere : withoutBulkAddresses(value),
      ]),
    );
  }
  return typeof json === "string" || typeof json === "number" || typeof json === "boolean" ? json : null;
}

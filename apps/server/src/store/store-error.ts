import { EtalonError } from "@etalon/base";

/** No room: on the disk, in the quota, under the file size limit. */
const fullCodes: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * The error of a disk or a bucket as the archive's own: `store-full`, `blob-missing` or `store-failed`.
 *
 * @param what blob or folder at fault
 */
export function storeError(thrown: unknown, what: string): EtalonError {
  if (thrown instanceof EtalonError) return thrown;
  const isSystemError = thrown instanceof Error && "code" in thrown && typeof thrown.code === "string";
  const reason = isSystemError ? String(thrown.code) : String(thrown);
  const context = { field: what, received: reason, cause: thrown };
  if (fullCodes.has(reason)) return new EtalonError("store-full", context);
  return new EtalonError(reason === "ENOENT" ? "blob-missing" : "store-failed", context);
}

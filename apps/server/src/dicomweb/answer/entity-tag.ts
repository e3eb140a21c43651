import { createHash } from "node:crypto";

/** The name of a representation: a hash of what it is made of. 32 hexadecimal digits. */
export function entityTag(madeOf: readonly (string | number)[]): string {
  return createHash("sha256").update(JSON.stringify(madeOf)).digest("hex").slice(0, 32);
}

/** Whether an If-None-Match field names a representation (RFC 9110 section 13.1.2). */
export function isNamedBy(field: string | undefined, tag: string): boolean {
  if (field === undefined) return false;
  return field.split(",").some((entry) => entry.trim() === "*" || entry.trim().replace(/^W\//, "") === `"${tag}"`);
}

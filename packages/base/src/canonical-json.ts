import { InputError } from "./etalon-error.ts";

/** Any value that JSON can carry. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * Canonical JSON of a value (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white
 * space, numbers as ECMAScript writes them. Keys whose value is `undefined` are left out, as in `JSON.stringify`.
 *
 * @throws {InputError} `not-canonical` for NaN, infinity, a lone surrogate, or a value that JSON cannot carry
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: JsonValue): string {
  return write(value, "$");
}

function write(value: JsonValue | undefined, path: string): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new InputError("not-canonical", path, String(value));
    return JSON.stringify(value);
  }
  if (typeof value === "string") return writeString(value, path);
  if (Array.isArray(value)) {
    return `[${value.map((item: JsonValue, index) => write(item, `${path}[${index}]`)).join(",")}]`;
  }
  if (typeof value !== "object" || !isPlainObject(value)) {
    throw new InputError("not-canonical", path, typeof value);
  }
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    members.push(`${writeString(key, path)}:${write(member, `${path}.${key}`)}`);
  }
  return `{${members.join(",")}}`;
}

function isPlainObject(value: object): value is { readonly [key: string]: JsonValue | undefined } {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function writeString(text: string, path: string): string {
  if (!text.isWellFormed()) throw new InputError("not-canonical", path, "a lone surrogate");
  return JSON.stringify(text);
}

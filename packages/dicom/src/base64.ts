import { InputError } from "@etalon/base";

/** `btoa` takes a string with one character for each byte; this many at a time. */
const pieceLength = 0x6000;

/** Bytes as base64 (RFC 4648 section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += pieceLength) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + pieceLength)));
  }
  return text;
}

/**
 * The bytes of a base64 text.
 *
 * @throws InputError `wrong-type`
 */
export function decodeBase64(text: string, field: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new InputError("wrong-type", field, `${text.length} characters`, "base64");
  }
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

import { createSha256 } from "@etalon/base";

/** Bytes of a block of SHA-256. */
const blockLength = 64;

/** HMAC-SHA256 (RFC 2104) of a text in UTF-8, 64 hexadecimal digits. */
export function hmacHex(key: Uint8Array, text: string): string {
  const padded = new Uint8Array(blockLength);
  padded.set(key.length > blockLength ? digest([key]) : key);
  const inner = digest([padded.map((byte) => byte ^ 0x36), new TextEncoder().encode(text)]);
  return hexOf(digest([padded.map((byte) => byte ^ 0x5c), inner]));
}

function digest(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createSha256();
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digestHex().match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

import { createHash } from "node:crypto";

/** What the first event has before it. */
export const firstHash: Uint8Array = new Uint8Array(32);

/** Hash of an event: SHA-256 over the 32 bytes of the one before it and the UTF-8 of its canonical JSON (RFC 8785). */
export function eventHash(previousHash: Uint8Array, canonicalEvent: string): Buffer {
  return createHash("sha256").update(previousHash).update(canonicalEvent, "utf8").digest();
}

import { createSha256 as createPlatformSha256 } from "#sha256";
import type { Sha256 } from "./sha256-in-progress.ts";

/** Starts a SHA-256 (FIPS 180-4) that takes its bytes piece by piece. */
export function createSha256(): Sha256 {
  return createPlatformSha256();
}

/** SHA-256 of bytes, or of the UTF-8 form of a text, as 64 lower-case hexadecimal digits. */
export function sha256Hex(data: Uint8Array | string): string {
  const hash = createSha256();
  hash.update(typeof data === "string" ? new TextEncoder().encode(data) : data);
  return hash.digestHex();
}

import { createSha256 as createPlatformSha256 } from "#sha256";

/** A SHA-256 in progress. */
export interface Sha256 {
  /** Takes the next bytes. */
  readonly update: (bytes: Uint8Array) => void;
  /** The digest as 64 lower-case hexadecimal digits; the hash cannot be used afterwards. */
  readonly digestHex: () => string;
}

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

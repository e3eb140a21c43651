import { sha256Hex } from "@etalon/base";

/**
 * A UID that is a function of what it names, the same for the same identity: "2.25." and the decimal form of a UUID
 * (PS3.5 annex B.2) whose 122 free bits are the first of SHA-256(identity); version 8, variant 10 (RFC 9562 section 5.8).
 * 44 characters at most.
 */
export function derivedUid(identity: string): string {
  const bits = BigInt(`0x${sha256Hex(identity).slice(0, 32)}`);
  const version = 0xfn << 76n;
  const variant = 0x3n << 62n;
  return `2.25.${(bits & ~(version | variant)) | (0x8n << 76n) | (0x2n << 62n)}`;
}

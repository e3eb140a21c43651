import { createHash, randomBytes } from "node:crypto";

/** Bytes of a secret: 256 bits, so that its plain hash cannot be guessed back. */
const secretBytes = 32;

/** How the token of a program begins, so that scanners of leaked secrets know it. */
export const tokenPrefix = "etalon_";

/** How the session of a share link begins, where a program shows it. */
export const visitorPrefix = "etalon_share_";

/** A new random secret, 43 characters of base64url (RFC 4648 section 5). */
export function newSecret(): string {
  return randomBytes(secretBytes).toString("base64url");
}

/** A new random key, 32 bytes, for what is computed again with it: pseudonyms. */
export function newKey(): Buffer {
  return randomBytes(secretBytes);
}

/** What is kept of a secret. */
export function secretHash(secret: string): Buffer {
  return createHash("sha256").update(secret, "utf8").digest();
}

/** Letters and digits that are not taken for each other. */
const legible = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz";

/** A password to be typed once and changed: 24 characters of 55, 138 bits, in groups of six. */
export function newOneTimePassword(): string {
  const characters: string[] = [];
  while (characters.length < 24) {
    // Bytes beyond the last whole multiple would make some characters likelier.
    for (const byte of randomBytes(secretBytes)) {
      if (byte < 256 - (256 % legible.length)) characters.push(legible.charAt(byte % legible.length));
    }
  }
  return [0, 6, 12, 18].map((start) => characters.slice(start, start + 6).join("")).join("-");
}

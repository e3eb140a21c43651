/** A SHA-256 in progress. */
export interface Sha256 {
  /** Takes the next bytes. */
  readonly update: (bytes: Uint8Array) => void;
  /** The digest as 64 lower-case hexadecimal digits; the hash cannot be used afterwards. */
  readonly digestHex: () => string;
}

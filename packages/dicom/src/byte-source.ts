/** Bytes that can be read in pieces: a file, a ZIP entry, a Blob, a buffer. */
export interface ByteSource {
  /** What people call it: a path. */
  readonly name: string;
  /** Length in bytes; may exceed 2 GiB. */
  readonly size: number;
  /** The bytes from `offset`; fewer than `length` only where the source ends. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** A source over bytes in memory. The bytes are not copied. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
  };
}

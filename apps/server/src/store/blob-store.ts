import type { Readable } from "node:stream";

/** What was stored, once it is safe. */
export interface StoredBlob {
  /** SHA-256 of the bytes, 64 lower-case hexadecimal digits: the blob's name. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** When it came, in {@link BlobStore.list}: a blob that no row names yet may be one whose row is being written. */
  readonly storedAt?: Date;
}

/**
 * Bytes by their hash, never rewritten. Two implementations: the file system, and later S3; one contract suite proves both.
 * A blob is there or it is not: half of one is never seen.
 */
export interface BlobStore {
  /**
   * Takes bytes as they come, without holding them in memory; settles when they are on the disk (fsync of file and folder).
   * The same bytes again are one blob.
   *
   * @param onWhole told which blob it is when all bytes have come and are soon safe; a store that takes its time says nothing
   * @throws {EtalonError} `store-full` where the disk is, `store-failed`; nothing is left behind then
   */
  put(bytes: AsyncIterable<Uint8Array>, onWhole?: (blob: StoredBlob) => void): Promise<StoredBlob>;
  /** A part of a blob, `length` bytes from `offset`, all of it where no range is given. @throws `blob-missing`, `store-failed` */
  open(sha256: string, range?: { readonly offset: number; readonly length: number }): Promise<Readable>;
  /** Reads a part of a blob into memory: headers and frames. @throws as {@link open} */
  read(sha256: string, range: { readonly offset: number; readonly length: number }): Promise<Uint8Array>;
  sizeOf(sha256: string): Promise<number | undefined>;
  remove(sha256: string): Promise<void>;
  /** Every blob, in no order: for the check of store against database. */
  list(): AsyncIterable<StoredBlob>;
  /** Free bytes, where they can be known. */
  freeBytes(): Promise<number | undefined>;
}

import type { ByteSource } from "@etalon/dicom";
import type { BlobStore, StoredBlob } from "../../store/blob-store.ts";
import { objectName } from "./received-stream.ts";

/** A stored object as a source. */
export function storedSource(store: BlobStore, blob: StoredBlob): ByteSource {
  return arrivedSource(store, { blob, head: new Uint8Array(0), kept: Promise.resolve() });
}

/** An object that has come whole, and may not be in the store yet. */
export interface Arrived {
  readonly blob: StoredBlob;
  /** Its first bytes. */
  readonly head: Uint8Array;
  /** Settles when the store has it. */
  readonly kept: Promise<unknown>;
}

/** An arrived object as a source: its first bytes from memory, all others from the store once they are there. */
export function arrivedSource(store: BlobStore, { blob, head, kept }: Arrived): ByteSource {
  return {
    name: objectName,
    size: blob.sizeBytes,
    read: async (offset, length) => {
      const end = Math.min(blob.sizeBytes, offset + length);
      if (end <= head.length) return head.subarray(offset, end);
      if (end <= offset) return new Uint8Array(0);
      await kept;
      return store.read(blob.sha256, { offset, length: end - offset });
    },
  };
}

/** Thrown by a {@link boundedSource} that is asked for much at once. */
export class ReadTooLong {}

/** A header that is read in pieces up to this length takes little memory, whatever is in it. */
const longestRead = 4 * 1024 * 1024;

/** A source that throws {@link ReadTooLong} rather than give many megabytes at once. */
export function boundedSource(source: ByteSource): ByteSource {
  return {
    name: source.name,
    size: source.size,
    read: async (offset, length) => {
      if (Math.min(length, source.size - offset) > longestRead) throw new ReadTooLong();
      return source.read(offset, length);
    },
  };
}

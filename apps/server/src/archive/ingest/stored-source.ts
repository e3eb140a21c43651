import type { ByteSource } from "@etalon/dicom";
import type { BlobStore, StoredBlob } from "../../store/blob-store.ts";
import { objectName } from "./received-stream.ts";

/** A stored object as a source: its first bytes from memory, all others from the store. */
export function storedSource(store: BlobStore, blob: StoredBlob, head: Uint8Array = new Uint8Array(0)): ByteSource {
  return {
    name: objectName,
    size: blob.sizeBytes,
    read: async (offset, length) => {
      const end = Math.min(blob.sizeBytes, offset + length);
      if (end <= head.length) return head.subarray(offset, end);
      return end <= offset ? new Uint8Array(0) : store.read(blob.sha256, { offset, length: end - offset });
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

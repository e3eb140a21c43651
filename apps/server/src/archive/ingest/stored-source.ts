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

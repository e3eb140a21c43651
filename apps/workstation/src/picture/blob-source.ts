import type { ByteSource } from "@etalon/dicom";

/** A file of this computer as the reader takes it: only what is asked for is read. */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

import type { ByteSource } from "@etalon/dicom";
import type { Archive } from "./archive.ts";
import type { AskedInstance } from "./asked-instance.ts";

/** A stored file as a source that is read piece by piece. */
export function archiveSource(archive: Archive, { scope, instance }: AskedInstance): ByteSource {
  return {
    name: instance.sopInstanceUid,
    size: instance.sizeBytes,
    read: async (offset, length) => {
      const wanted = Math.min(length, Math.max(0, instance.sizeBytes - offset));
      if (wanted === 0) return new Uint8Array(0);
      const pieces: Uint8Array[] = [];
      for await (const piece of await archive.open(scope, instance, { offset, length: wanted })) pieces.push(piece);
      const [only] = pieces;
      return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    },
  };
}

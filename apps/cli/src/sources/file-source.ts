import { open, stat } from "node:fs/promises";
import type { ByteSource } from "@etalon/dicom";

/** A file up to this size is read once and kept until the next file is read: its header, hashes and pixels are then one read. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Opens files as byte sources that share one kept file. */
export type FileOpener = (path: string) => Promise<ByteSource>;

/** An opener whose sources read a small file whole, once, and a large one in the pieces asked for. */
export function createFileOpener(): FileOpener {
  let kept: { readonly path: string; readonly bytes: Uint8Array } | undefined;
  return async (path) => {
    const { size } = await stat(path);
    return {
      name: path,
      size,
      read: async (offset, length) => {
        const wanted = Math.max(0, Math.min(length, size - offset));
        if (size > KEPT_BYTES) return readPiece(path, offset, wanted);
        if (kept?.path !== path) kept = { path, bytes: await readPiece(path, 0, size) };
        return kept.bytes.subarray(offset, offset + wanted);
      },
    };
  };
}

async function readPiece(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

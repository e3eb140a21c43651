import { open, stat } from "node:fs/promises";
import type { ByteSource } from "@etalon/dicom";
import { unreadable } from "./unreadable.ts";

/** A file up to this size is read once and kept until the next file is read: its header, hashes and pixels are then one read. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Opens files as byte sources that share one kept file. */
export type FileOpener = (path: string) => Promise<ByteSource>;

/**
 * An opener whose sources read a small file whole, once, and a large one in the pieces asked for. No file stays open
 * between two reads.
 *
 * Opening and reading throw `file-unreadable` for what the operating system refuses.
 */
export function createFileOpener(): FileOpener {
  let kept: { readonly path: string; readonly bytes: Uint8Array } | undefined;
  return async (path) => {
    const size = await sizeOf(path);
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

async function sizeOf(path: string): Promise<number> {
  const info = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  // A pipe or device would be waited for without end.
  if (!info.isFile()) throw unreadable(path, new Error("not a regular file"));
  return info.size;
}

async function readPiece(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, "r").catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await file.close();
  }
}

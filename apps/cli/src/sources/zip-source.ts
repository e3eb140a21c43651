import { EtalonError } from "@etalon/base";
import type { ByteSource } from "@etalon/dicom";
import { type Entry, open, type ZipFile } from "yauzl";

/** An entry larger than this is refused: a ZIP can claim any size. */
const LARGEST_ENTRY_BYTES = 4 * 1024 * 1024 * 1024;

/** One entry of a ZIP that can be read as bytes. */
export interface ZipEntry {
  /** "archive.zip!folder/file". */
  readonly path: string;
  readonly open: () => Promise<ByteSource>;
}

/**
 * The files in a ZIP, in the order of its directory. Each is inflated when it is opened and not kept.
 *
 * @throws {EtalonError} `file-unreadable` when the directory is broken
 */
export async function listZip(path: string): Promise<ZipEntry[]> {
  const zip = await openZip(path);
  return new Promise((resolve, reject) => {
    const entries: ZipEntry[] = [];
    zip.on("entry", (entry) => {
      if (!entry.fileName.endsWith("/")) {
        const name = `${path}!${entry.fileName}`;
        entries.push({ path: name, open: () => inflate(zip, entry, name) });
      }
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", (cause) => reject(unreadable(path, cause)));
    zip.readEntry();
  });
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (cause, zip) => {
      if (cause) reject(unreadable(path, cause));
      else resolve(zip);
    });
  });
}

function inflate(zip: ZipFile, entry: Entry, name: string): Promise<ByteSource> {
  return new Promise((resolve, reject) => {
    if (entry.uncompressedSize > LARGEST_ENTRY_BYTES) {
      reject(unreadable(name, new Error(`${entry.uncompressedSize} bytes`)));
      return;
    }
    zip.openReadStream(entry, (cause, stream) => {
      if (cause) {
        reject(unreadable(name, cause));
        return;
      }
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("error", (failure) => reject(unreadable(name, failure)));
      stream.on("end", () => {
        const bytes = Buffer.concat(pieces);
        resolve({
          name,
          size: bytes.length,
          read: async (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
        });
      });
    });
  });
}

function unreadable(path: string, cause: unknown): EtalonError {
  const received = cause instanceof Error ? cause.message : String(cause);
  return new EtalonError("file-unreadable", { field: path, received, cause });
}

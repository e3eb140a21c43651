import { crc32 } from "node:zlib";
import { type ByteSource, bytesSource } from "@etalon/dicom";
import { type Entry, getFileNameLowLevel, open, type ZipFile } from "yauzl";
import type { Readable } from "./readable.ts";
import { unreadable } from "./unreadable.ts";

/** An entry that inflates to more than this is refused: a ZIP can claim any size. */
const LARGEST_ENTRY_BYTES = 4 * 1024 * 1024 * 1024;
/** Above this size an entry must not be packed tighter than {@link TIGHTEST_PACKING}: images are not, bombs are. */
const LARGE_ENTRY_BYTES = 256 * 1024 * 1024;
const TIGHTEST_PACKING = 100;

/** Lists the files in a ZIP. */
export type ZipLister = (path: string) => Promise<Readable[]>;

/**
 * A lister of ZIPs that keeps at most one of them open. Paths are "archive.zip!folder/file", with " (2)" behind the second
 * entry of one name; names are labels only, nothing is written under them. An entry is inflated when it is opened, checked
 * against its size and CRC-32, and not kept.
 *
 * Listing throws nothing: a ZIP whose directory is broken gives the entries before the break and one readable, under its
 * own path, that throws `file-unreadable` when opened, as an entry does that is encrypted, corrupt or too large.
 */
export function createZipLister(): ZipLister {
  let kept: { readonly path: string; readonly zip: ZipFile } | undefined;
  const openKept = async (path: string): Promise<ZipFile> => {
    if (kept?.path === path) return kept.zip;
    kept?.zip.close();
    kept = undefined;
    const zip = await openZip(path);
    kept = { path, zip };
    return zip;
  };
  return async (path) => {
    const { entries, failure } = await readDirectory(path);
    const times = new Map<string, number>();
    const readables = entries.map((entry): Readable => {
      const label = `${path}!${nameOf(entry)}`;
      const time = (times.get(label) ?? 0) + 1;
      times.set(label, time);
      const name = time === 1 ? label : `${label} (${time})`;
      return { path: name, open: async () => inflate(await openKept(path), entry, name) };
    });
    if (failure !== undefined) readables.push({ path, open: () => Promise.reject(unreadable(path, failure)) });
    return readables;
  };
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // The strict checks of names and sizes would give up the whole archive; names and sizes are judged entry by entry here.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: false };
    open(path, options, (cause, zip) => {
      if (cause) reject(unreadable(path, cause));
      else resolve(zip);
    });
  });
}

interface Directory {
  readonly entries: readonly Entry[];
  /** What broke the directory before its end. */
  readonly failure?: unknown;
}

async function readDirectory(path: string): Promise<Directory> {
  let zip: ZipFile;
  try {
    zip = await openZip(path);
  } catch (failure) {
    return { entries: [], failure };
  }
  const entries: Entry[] = [];
  const failure = await new Promise<unknown>((resolve) => {
    zip.on("entry", (entry) => {
      if (!nameOf(entry).endsWith("/")) entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(undefined));
    zip.on("error", resolve);
    zip.readEntry();
  });
  zip.close();
  return { entries, failure };
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function inflate(zip: ZipFile, entry: Entry, name: string): Promise<ByteSource> {
  const { uncompressedSize: size, compressedSize } = entry;
  return new Promise((resolve, reject) => {
    const refuse = (cause: unknown): void => reject(unreadable(name, cause));
    if (size > LARGEST_ENTRY_BYTES || (size > LARGE_ENTRY_BYTES && size > compressedSize * TIGHTEST_PACKING)) {
      refuse(new Error(`${size} bytes in ${compressedSize}`));
      return;
    }
    zip.openReadStream(entry, (cause, stream) => {
      if (cause) {
        refuse(cause);
        return;
      }
      const pieces: Buffer[] = [];
      let received = 0;
      stream.on("data", (piece: Buffer) => {
        received += piece.length;
        if (received <= size) pieces.push(piece);
        else stream.destroy(new Error(`more than the ${size} bytes announced`));
      });
      stream.on("error", refuse);
      stream.on("end", () => {
        const bytes = Buffer.concat(pieces);
        if (bytes.length !== size) refuse(new Error(`${bytes.length} bytes, ${size} announced`));
        else if (crc32(bytes) !== entry.crc32) refuse(new Error("CRC-32 differs"));
        else resolve(bytesSource(name, bytes));
      });
    });
  });
}

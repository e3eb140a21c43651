import { createHash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, statfs, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { EtalonError } from "@etalon/base";
import type { BlobStore, StoredBlob } from "./blob-store.ts";
import { createFileWriter, type FileWriter } from "./file-writer.ts";
import { createFolderSync, type FolderSync } from "./folder-sync.ts";
import { storeError } from "./store-error.ts";
import { openTemporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

/** Pieces are gathered up to this many bytes for one write. */
const writeBytes = 256 * 1024;
const streamBytes = 256 * 1024;
const blobName = /^[0-9a-f]{64}$/;

/**
 * Blobs as files `sha256/ab/<hash>` below `root`; those at `sha256/ab/cd/<hash>`, as earlier stores have them, stay there. A blob
 * is written beside, synced, then given its name: under a name there is all of it or nothing. Nothing whole is ever overwritten;
 * what a disk has cut short is mended when it comes again.
 *
 * @throws {EtalonError} `store-full`, `store-failed` where the folders cannot be made
 */
export async function createFileBlobStore(root: string): Promise<BlobStore> {
  const blobs = join(root, "sha256");
  const folders = createFolderSync();
  const temporary = await onDisk(root, async () => {
    for (let byte = 0; byte < 256; byte += 1) {
      await mkdir(join(blobs, byte.toString(16).padStart(2, "0")), { recursive: true, mode: 0o700 });
    }
    const folder = await openTemporaryFolder(join(root, "incoming"));
    await folders.sync(blobs);
    return folder;
  });
  const place = { blobs, temporary, folders };
  return {
    put: (bytes, onWhole = () => {}) => putBlob(place, bytes, onWhole),
    open: (sha256, range) => openBlob(blobs, sha256, range),
    read: (sha256, range) => readBlob(blobs, sha256, range),
    sizeOf: (sha256) => sizeOfFile(blobs, sha256),
    remove: async (sha256) => {
      for (const path of [pathOf(blobs, sha256), deepPathOf(blobs, sha256)]) {
        await onDisk(sha256, () => rm(path, { force: true }));
      }
    },
    list: () => listBlobs(blobs),
    freeBytes: () =>
      onDisk(root, async () => {
        const { bavail, bsize } = await statfs(root);
        return bavail * bsize;
      }),
  };
}

/** Only a hash becomes a path. */
function pathOf(blobs: string, sha256: string): string {
  if (!blobName.test(sha256)) throw new EtalonError("blob-missing", { field: "sha256", received: "no SHA-256" });
  return join(blobs, sha256.slice(0, 2), sha256);
}

/** Where earlier stores have blobs. */
function deepPathOf(blobs: string, sha256: string): string {
  return join(blobs, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

/** Works on a blob's file wherever it is. @throws {EtalonError} `blob-missing` */
async function atItsPath<T>(blobs: string, sha256: string, work: (path: string) => Promise<T>): Promise<T> {
  const path = pathOf(blobs, sha256);
  return onDisk(sha256, async () => {
    try {
      return await work(path);
    } catch (thrown) {
      passOverAbsent(thrown);
      return work(deepPathOf(blobs, sha256));
    }
  });
}

async function onDisk<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storeError(thrown, what);
  }
}

interface PutPlace {
  readonly blobs: string;
  readonly temporary: TemporaryFolder;
  readonly folders: FolderSync;
}

async function putBlob(
  { blobs, temporary, folders }: PutPlace,
  bytes: AsyncIterable<Uint8Array>,
  onWhole: (blob: StoredBlob) => void,
): Promise<StoredBlob> {
  const path = temporary.nextPath();
  const writer = createFileWriter(path);
  let isPublished = false;
  try {
    const blob = await writeAll(writer, bytes);
    onWhole(blob);
    const to = pathOf(blobs, blob.sha256);
    await onDisk(blob.sha256, async () => {
      const [there] = await Promise.all([wholePath(blobs, blob), writer.sync()]);
      // What stands under the name and is shorter is what a disk has lost a part of.
      if (there === undefined) await rename(path, to);
      isPublished = there === undefined;
      // Also where the blob was there: whoever named it may not have come to this line.
      await folders.sync(dirname(there ?? to));
    });
    return blob;
  } finally {
    const ended = writer.end().then(() => (isPublished ? undefined : unlink(path).catch(passOverAbsent)));
    // What is published is safe, and waits for nothing.
    if (isPublished) ended.catch(() => {});
    else await ended;
  }
}

/** Where a blob is, all of it. */
async function wholePath(blobs: string, { sha256, sizeBytes }: StoredBlob): Promise<string | undefined> {
  const found = await atItsPath(blobs, sha256, async (path) => ({ path, size: (await stat(path)).size })).catch(
    passOverMissing,
  );
  return found?.size === sizeBytes ? found.path : undefined;
}

function passOverAbsent(thrown: unknown): undefined {
  if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) throw thrown;
}

/** Writes a new file. What `bytes` itself throws comes out as it is. */
async function writeAll(writer: FileWriter, bytes: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let pieces: Uint8Array[] = [];
  let gathered = 0;
  for await (const piece of bytes) {
    hash.update(piece);
    pieces.push(piece);
    gathered += piece.length;
    sizeBytes += piece.length;
    if (gathered < writeBytes) continue;
    await onDisk("incoming", () => writer.write(pieces));
    pieces = [];
    gathered = 0;
  }
  await onDisk("incoming", () => writer.write(pieces));
  return { sha256: hash.digest("hex"), sizeBytes };
}

async function openBlob(
  blobs: string,
  sha256: string,
  range: { readonly offset: number; readonly length: number } | undefined,
): Promise<Readable> {
  const handle = await atItsPath(blobs, sha256, (path) => open(path, "r"));
  if (range?.length === 0) {
    await handle.close();
    return Readable.from([]);
  }
  const part = range === undefined ? {} : { start: range.offset, end: range.offset + range.length - 1 };
  return handle.createReadStream({ highWaterMark: streamBytes, ...part });
}

async function readBlob(
  blobs: string,
  sha256: string,
  { offset, length }: { readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  const handle = await atItsPath(blobs, sha256, (path) => open(path, "r"));
  return onDisk(sha256, async () => {
    try {
      // Not filled with zeros first: what is not read is not given.
      const buffer = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    } finally {
      // Nothing waits for that.
      handle.close().catch(() => {});
    }
  });
}

async function sizeOfFile(blobs: string, sha256: string): Promise<number | undefined> {
  return (await atItsPath(blobs, sha256, (path) => stat(path)).catch(passOverMissing))?.size;
}

async function* listBlobs(blobs: string): AsyncGenerator<StoredBlob> {
  for (const first of await namesIn(blobs)) {
    for (const name of await namesIn(join(blobs, first))) {
      if (blobName.test(name)) yield* listed(name, join(blobs, first, name));
      if (!/^[0-9a-f]{2}$/.test(name)) continue;
      const folder = join(blobs, first, name);
      for (const sha256 of await namesIn(folder)) {
        // Where it stands at both places, that is one blob.
        if (!blobName.test(sha256) || (await stat(pathOf(blobs, sha256)).catch(passOverAbsent)) !== undefined) continue;
        yield* listed(sha256, join(folder, sha256));
      }
    }
  }
}

async function* listed(sha256: string, path: string): AsyncGenerator<StoredBlob> {
  const found = await onDisk(sha256, () => stat(path)).catch(passOverMissing);
  if (found !== undefined) yield { sha256, sizeBytes: found.size, storedAt: found.mtime };
}

function namesIn(folder: string): Promise<readonly string[]> {
  return onDisk("blobs", () => readdir(folder));
}

/** A blob may be removed while others are listed. */
function passOverMissing(thrown: unknown): undefined {
  if (thrown instanceof EtalonError && thrown.code === "blob-missing") return undefined;
  throw thrown;
}

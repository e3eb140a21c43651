import { createHash } from "node:crypto";
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat, statfs, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { EtalonError } from "@etalon/base";
import type { BlobStore, StoredBlob } from "./blob-store.ts";
import { createFolderSync } from "./folder-sync.ts";
import { storeError } from "./store-error.ts";
import { openTemporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

/** Pieces are gathered up to this many bytes for one write. */
const writeBytes = 256 * 1024;
const streamBytes = 256 * 1024;
const blobName = /^[0-9a-f]{64}$/;

/**
 * Blobs as files `sha256/ab/cd/<hash>` below `root`. A blob is written beside, synced, then linked to its name: under a
 * name there is all of it or nothing. Nothing whole is ever overwritten; what a disk has cut short is mended when it comes again.
 *
 * @throws {EtalonError} `store-full`, `store-failed` where the folders cannot be made
 */
export async function createFileBlobStore(root: string): Promise<BlobStore> {
  const blobs = join(root, "sha256");
  const temporary = await onDisk(root, async () => {
    for (let byte = 0; byte < 256; byte += 1) {
      await mkdir(join(blobs, byte.toString(16).padStart(2, "0")), { recursive: true, mode: 0o700 });
    }
    const folder = await openTemporaryFolder(join(root, "incoming"));
    await createFolderSync().sync(blobs);
    return folder;
  });
  const publish = createPublisher(blobs);
  return {
    put: (bytes) => putBlob({ temporary, publish }, bytes),
    open: async (sha256, range) => openBlob(pathOf(blobs, sha256), sha256, range),
    read: async (sha256, range) => readBlob(pathOf(blobs, sha256), sha256, range),
    sizeOf: async (sha256) => sizeOfFile(pathOf(blobs, sha256), sha256),
    remove: (sha256) => onDisk(sha256, () => rm(pathOf(blobs, sha256), { force: true })),
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
  return join(blobs, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

async function onDisk<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storeError(thrown, what);
  }
}

interface PutPlace {
  readonly temporary: TemporaryFolder;
  readonly publish: (from: string, blob: StoredBlob) => Promise<void>;
}

async function putBlob({ temporary, publish }: PutPlace, bytes: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
  const path = temporary.nextPath();
  try {
    const blob = await writeFile(path, bytes);
    await onDisk(blob.sha256, () => publish(path, blob));
    return blob;
  } finally {
    await unlink(path).catch(passOverAbsent);
  }
}

function passOverAbsent(thrown: unknown): void {
  if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) throw thrown;
}

/** Writes and syncs a new file. What `bytes` itself throws comes out as it is. */
async function writeFile(path: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredBlob> {
  const handle = await onDisk("incoming", () => open(path, "wx", 0o600));
  try {
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
      await onDisk("incoming", () => writeAll(handle, pieces));
      pieces = [];
      gathered = 0;
    }
    await onDisk("incoming", async () => {
      await writeAll(handle, pieces);
      await handle.sync();
    });
    return { sha256: hash.digest("hex"), sizeBytes };
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  if (pieces.length === 0) return;
  let { bytesWritten } = await handle.writev(pieces);
  // A disk that gets full writes a part first, and says so at the next write.
  for (const piece of pieces) {
    if (bytesWritten >= piece.length) {
      bytesWritten -= piece.length;
      continue;
    }
    while (bytesWritten < piece.length) bytesWritten += (await handle.write(piece, bytesWritten)).bytesWritten;
    bytesWritten = 0;
  }
}

/** Gives whole, synced files their name. */
function createPublisher(blobs: string): (from: string, blob: StoredBlob) => Promise<void> {
  const folders = createFolderSync();
  /** Folders whose own entry is known to be on the disk. */
  const lasting = new Set<string>();
  return async (from, { sha256, sizeBytes }) => {
    const to = pathOf(blobs, sha256);
    const folder = dirname(to);
    const isLasting = lasting.has(folder);
    if (!isLasting) await mkdir(folder, { recursive: true, mode: 0o700 });
    await linkOnce(from, to, sizeBytes);
    // Also where the blob was there: whoever linked it may not have come to this line.
    await Promise.all([folders.sync(folder), isLasting ? undefined : folders.sync(dirname(folder))]);
    lasting.add(folder);
  };
}

async function linkOnce(from: string, to: string, sizeBytes: number): Promise<void> {
  try {
    await link(from, to);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
    const { size } = await stat(to);
    if (size === sizeBytes) return;
    // What stands under the name is not what the name says: a disk has lost a part of it.
    await rename(from, to);
  }
}

async function openBlob(
  path: string,
  sha256: string,
  range: { readonly offset: number; readonly length: number } | undefined,
): Promise<Readable> {
  if (range?.length === 0) return Readable.from([]);
  const handle = await onDisk(sha256, () => open(path, "r"));
  const part = range === undefined ? {} : { start: range.offset, end: range.offset + range.length - 1 };
  return handle.createReadStream({ highWaterMark: streamBytes, ...part });
}

async function readBlob(
  path: string,
  sha256: string,
  { offset, length }: { readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  return onDisk(sha256, async () => {
    const handle = await open(path, "r");
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
      await handle.close();
    }
  });
}

async function sizeOfFile(path: string, sha256: string): Promise<number | undefined> {
  return (await onDisk(sha256, () => stat(path)).catch(passOverMissing))?.size;
}

async function* listBlobs(blobs: string): AsyncGenerator<StoredBlob> {
  for (const first of await namesIn(blobs)) {
    for (const second of await namesIn(join(blobs, first))) {
      const folder = join(blobs, first, second);
      for (const sha256 of await namesIn(folder)) {
        if (!blobName.test(sha256)) continue;
        const found = await onDisk(sha256, () => stat(join(folder, sha256))).catch(passOverMissing);
        if (found !== undefined) yield { sha256, sizeBytes: found.size, storedAt: found.mtime };
      }
    }
  }
}

function namesIn(folder: string): Promise<readonly string[]> {
  return onDisk("blobs", () => readdir(folder));
}

/** A blob may be removed while others are listed. */
function passOverMissing(thrown: unknown): undefined {
  if (thrown instanceof EtalonError && thrown.code === "blob-missing") return undefined;
  throw thrown;
}

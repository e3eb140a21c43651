import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { EtalonError } from "@etalon/base";
import { storeError } from "../store/store-error.ts";
import type { BackedUpFile } from "./backup-manifest.ts";

/** One line of the list of blobs. */
export interface ListedBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
}

const lineFeed = 10;

/** Writes lines to a new file and syncs it. @throws {EtalonError} `store-full`, `store-failed` */
export async function writeLines(
  folder: string,
  file: string,
  lines: AsyncIterable<Uint8Array>,
): Promise<BackedUpFile> {
  const handle = await open(join(folder, file), "wx", 0o600).catch((thrown: unknown) => {
    throw storeError(thrown, file);
  });
  try {
    const hash = createHash("sha256");
    let sizeBytes = 0;
    let rows = 0;
    for await (const piece of lines) {
      hash.update(piece);
      sizeBytes += piece.length;
      for (const byte of piece) if (byte === lineFeed) rows += 1;
      await handle.appendFile(piece).catch((thrown: unknown) => {
        throw storeError(thrown, file);
      });
    }
    await handle.sync();
    return { file, sizeBytes, sha256: hash.digest("hex"), rows };
  } finally {
    await handle.close();
  }
}

/** The bytes of a file of a backup. @throws {EtalonError} `backup-incomplete` at their end where they are not those written */
export async function* readChecked(
  folder: string,
  { file, sizeBytes, sha256 }: BackedUpFile,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let read = 0;
  try {
    for await (const piece of createReadStream(join(folder, file), { highWaterMark: 256 * 1024 })) {
      hash.update(piece);
      read += piece.length;
      yield piece;
    }
  } catch (cause) {
    throw new EtalonError("backup-incomplete", { field: file, received: "unreadable", cause });
  }
  if (read !== sizeBytes) throw incomplete(file, `${read} / ${sizeBytes}`);
  if (hash.digest("hex") !== sha256) throw incomplete(file, "other bytes");
}

/** Reads a file through. @throws {EtalonError} `backup-incomplete` */
export async function checkFile(folder: string, file: BackedUpFile): Promise<void> {
  for await (const _ of readChecked(folder, file));
}

/** The blobs of a list. */
export async function* readBlobList(folder: string, { file }: BackedUpFile): AsyncGenerator<ListedBlob> {
  for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
    const [sha256 = "", size = ""] = line.split("\t");
    yield { sha256, sizeBytes: Number(size) };
  }
}

/** What a backup lacks. */
export function incomplete(field: string, received: string): EtalonError {
  return new EtalonError("backup-incomplete", { field, received });
}

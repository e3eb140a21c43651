import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EtalonError } from "@etalon/base";
import { type ByteSource, readDicomdirReferences, readPart10 } from "@etalon/dicom";
import type { FileOpener } from "./file-source.ts";
import { listZip } from "./zip-source.ts";

/** Something to read: its path as people call it, and how to open it. */
export interface Readable {
  readonly path: string;
  readonly open: () => Promise<ByteSource>;
}

/**
 * Everything that paths name, sorted by path: a folder gives the files below it, a ZIP its entries, a DICOMDIR itself and
 * the files it refers to. Nothing is listed twice.
 *
 * @throws {EtalonError} `file-not-found`, `file-unreadable`
 */
export async function expandPaths(paths: readonly string[], openFile: FileOpener): Promise<Readable[]> {
  const found = new Map<string, Readable>();
  for (const path of paths) {
    for (const readable of await expandPath(path, openFile)) found.set(readable.path, readable);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function expandPath(path: string, openFile: FileOpener): Promise<Readable[]> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new EtalonError("file-not-found", { field: path, cause });
  });
  if (info.isDirectory()) {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return (await Promise.all(files.map((file) => expandFile(file, openFile)))).flat();
  }
  if (basename(path).toUpperCase() === "DICOMDIR") return expandDicomdir(path, openFile);
  return expandFile(path, openFile);
}

async function expandFile(path: string, openFile: FileOpener): Promise<Readable[]> {
  if (path.toLowerCase().endsWith(".zip")) return listZip(path);
  return [{ path, open: () => openFile(path) }];
}

async function expandDicomdir(path: string, openFile: FileOpener): Promise<Readable[]> {
  const { dataSet } = await readPart10(await openFile(path), { until: "end" });
  const files = readDicomdirReferences(dataSet).map((reference) => join(dirname(path), reference));
  return [path, ...files].map((file) => ({ path: file, open: () => openFile(file) }));
}

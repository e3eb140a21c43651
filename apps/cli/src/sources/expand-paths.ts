import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { EtalonError } from "@etalon/base";
import { analyzeImage, listMat, type ThirdAxis } from "./array-source.ts";
import { listDicomdir } from "./dicomdir-source.ts";
import type { FileOpener } from "./file-source.ts";
import type { Readable } from "./readable.ts";
import { unreadable } from "./unreadable.ts";
import { createZipLister, type ZipLister } from "./zip-source.ts";

interface Search {
  readonly openFile: FileOpener;
  readonly listZip: ZipLister;
  readonly thirdAxis: ThirdAxis;
  /** Folders already listed, by their real path: links that lead in a circle end here. */
  readonly visited: Set<string>;
}

/**
 * Everything that paths name, sorted by path: a folder gives the files below it, links followed, a ZIP its entries, a
 * DICOMDIR itself and the files it refers to, a MAT-file its arrays, an Analyze header its image. Nothing is listed twice, nothing is opened but ZIP directories and DICOMDIRs,
 * and what cannot be listed is itself in the list, to fail when it is opened.
 *
 * @throws {EtalonError} `file-not-found` for a path that is not there; `not-dicom` and the like for a DICOMDIR named by
 *   its path that is none
 */
export async function expandPaths(
  paths: readonly string[],
  openFile: FileOpener,
  thirdAxis: ThirdAxis = "slices",
): Promise<Readable[]> {
  const search: Search = { openFile, listZip: createZipLister(), thirdAxis, visited: new Set() };
  const found = new Map<string, Readable>();
  for (const path of paths) {
    for await (const readable of expandPath(path, search)) found.set(readable.path, readable);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function* expandPath(path: string, search: Search): AsyncGenerator<Readable> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new EtalonError("file-not-found", { field: path, cause });
  });
  if (info.isDirectory()) yield* expandFolder(path, search);
  else if (/^dicomdir/i.test(basename(path))) yield* await listDicomdir(path, search.openFile);
  else yield* await expandFile(path, search);
}

async function* expandFolder(folder: string, search: Search): AsyncGenerator<Readable> {
  let entries: Dirent[];
  try {
    const real = await realpath(folder);
    if (search.visited.has(real)) return;
    search.visited.add(real);
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    yield { path: folder, open: () => Promise.reject(unreadable(folder, cause)) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (await leadsToFolder(path, entry)) yield* expandFolder(path, search);
    else yield* await expandFile(path, search);
  }
}

/** A link that leads nowhere is no folder: it is listed as a file, and opening it says why. */
async function leadsToFolder(path: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const info = await stat(path).catch(() => undefined);
  return info?.isDirectory() === true;
}

async function expandFile(path: string, { openFile, listZip, thirdAxis }: Search): Promise<Readable[]> {
  if (path.toLowerCase().endsWith(".mat")) return listMat(path, openFile, thirdAxis);
  if (/\.(hdr|HDR)$/.test(path)) return [analyzeImage(path, openFile, thirdAxis)];
  if (path.toLowerCase().endsWith(".zip")) return listZip(path);
  return [{ path, open: () => openFile(path) }];
}

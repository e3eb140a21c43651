import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readDicomdirReferences, readPart10 } from "@etalon/dicom";
import type { FileOpener } from "./file-source.ts";
import type { Readable } from "./readable.ts";
import { unreadable } from "./unreadable.ts";

/**
 * A DICOMDIR and the files it refers to (PS3.3 annex F). File IDs are in capitals, the files of a copied disc often are not:
 * names are matched without regard to case where the exact one is missing. A file that is missing, or that would lie
 * outside the DICOMDIR's folder, is listed and fails when it is opened.
 *
 * @throws {DicomError} what reading a DICOMDIR throws
 */
export async function listDicomdir(path: string, openFile: FileOpener): Promise<Readable[]> {
  const { dataSet } = await readPart10(await openFile(path), { until: "end" });
  const root = dirname(path);
  const namesIn = createFolderReader();
  const readables: Readable[] = [{ path, open: () => openFile(path) }];
  for (const reference of readDicomdirReferences(dataSet)) {
    // Some writers put a whole path into one component, with either separator.
    const parts = reference.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
    const file = join(root, ...parts);
    if (parts.includes("..")) {
      readables.push({ path: file, open: () => Promise.reject(unreadable(file, new Error("outside the DICOMDIR"))) });
      continue;
    }
    const found = await findPath(root, parts, namesIn);
    readables.push({ path: found, open: () => openFile(found) });
  }
  return readables;
}

type FolderReader = (folder: string) => Promise<ReadonlySet<string>>;

/** Names in a folder, each folder read once; none for a folder that is not there. */
function createFolderReader(): FolderReader {
  const known = new Map<string, ReadonlySet<string>>();
  return async (folder) => {
    const names = known.get(folder) ?? new Set(await readdir(folder).catch(() => []));
    known.set(folder, names);
    return names;
  };
}

async function findPath(root: string, parts: readonly string[], namesIn: FolderReader): Promise<string> {
  let path = root;
  for (const part of parts) {
    const names = await namesIn(path);
    const same = names.has(part) ? part : [...names].sort().find((name) => name.toUpperCase() === part.toUpperCase());
    path = join(path, same ?? part);
  }
  return path;
}

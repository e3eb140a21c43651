import { unzipSync } from "fflate";

/** One file that is to be stored. */
export interface GatheredFile {
  /** As its sender knows it: "study/IM0001", "archive.zip!IM0001". */
  readonly path: string;
  readonly bytes: () => Promise<Blob | Uint8Array<ArrayBuffer>>;
}

/** A file that is not sent, and why. */
export interface LeftOut {
  readonly path: string;
  /** `dicomdir-alone`: none of the files that it names was given with it. */
  readonly reason: "dicomdir" | "dicomdir-alone" | "zip-unreadable";
}

/** What a person gave. */
export interface Gathered {
  readonly files: readonly GatheredFile[];
  readonly leftOut: readonly LeftOut[];
}

/** A file with its path in the folder that was given. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

/** The files of a drop, folders opened. Must be called within the event: afterwards the browser has forgotten them. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly GivenFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}

/** The files of an <input type="file">, of a folder with their paths in it. */
export function filesOfInput(list: FileList): readonly GivenFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function filesOfEntry(entry: FileSystemEntry): Promise<readonly GivenFile[]> {
  if (entry instanceof FileSystemFileEntry) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return [];
  const reader = entry.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A folder is read in portions of a hundred.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    all.push(...some);
  }
  return (await Promise.all(all.map(filesOfEntry))).flat();
}

/** Opens ZIP archives and sets aside what no archive stores; every file given is in one of the two lists. */
export async function gatherFiles(given: readonly GivenFile[]): Promise<Gathered> {
  const files: GatheredFile[] = [];
  const leftOut: LeftOut[] = [];
  for (const { path, file } of given) {
    if (await isZip(file)) {
      try {
        for (const [name, bytes] of entriesOf(new Uint8Array(await file.arrayBuffer()))) {
          sort({ path: `${path}!${name}`, bytes: async () => bytes }, { files, leftOut });
        }
      } catch {
        leftOut.push({ path, reason: "zip-unreadable" });
      }
    } else sort({ path, bytes: async () => file }, { files, leftOut });
  }
  const hasNothingBeside = files.length === 0;
  const named = leftOut.map((one) =>
    one.reason === "dicomdir" && hasNothingBeside ? { ...one, reason: "dicomdir-alone" as const } : one,
  );
  return { files, leftOut: named };
}

function sort(file: GatheredFile, into: { readonly files: GatheredFile[]; readonly leftOut: LeftOut[] }): void {
  if (/(^|[/!])DICOMDIR$/i.test(file.path)) into.leftOut.push({ path: file.path, reason: "dicomdir" });
  else into.files.push(file);
}

function entriesOf(zip: Uint8Array): readonly (readonly [string, Uint8Array<ArrayBuffer>])[] {
  return Object.entries(unzipSync(zip))
    .filter(([name]) => !name.endsWith("/"))
    .map(([name, bytes]) => [name, new Uint8Array(bytes)]);
}

/** By its first bytes (PKWARE APPNOTE 4.3.7). */
async function isZip(file: File): Promise<boolean> {
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

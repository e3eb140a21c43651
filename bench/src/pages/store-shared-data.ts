import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { multipartBody, multipartType } from "../archive/multipart.ts";

/** What became of the files of a folder. */
export interface StoredFolder {
  /** File by SOP Instance UID. */
  readonly stored: ReadonlyMap<string, string>;
  /** Files that were refused, with the reason that the archive gave. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

const namesOfOthers =
  /\.(csv|tsv|json|md|txt|gz|nii|nrrd|mat|hdr|img|cfg|zip|pgm|raw|xml|py|html|svg|png|jpg|vtp|vtk)$/i;

/** Stores every file of a folder that may be DICOM, one request each, so that each refusal has its file. */
export async function storeFolder(folder: string, dicomwebUrl: string): Promise<StoredFolder> {
  const refused: { file: string; reason: string }[] = [];
  const stored = new Map<string, string>();
  for (const path of filesOf(folder)) {
    const answer = await fetch(`${dicomwebUrl}/studies`, {
      method: "POST",
      headers: { "content-type": multipartType, accept: "application/dicom+json" },
      body: new Uint8Array(Buffer.concat(multipartBody([readFileSync(path)]))),
    });
    const text = await answer.text();
    const [uid] = sopInstanceUidsIn(text);
    if (answer.ok && uid !== undefined) stored.set(uid, relative(folder, path));
    else refused.push({ file: relative(folder, path), reason: reasonOf(text, answer.status) });
  }
  return { stored, refused };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !namesOfOthers.test(path))
    .sort();
}

/** The objects of a STOW answer that were stored (PS3.18 table 10.5.3-1: ReferencedSOPSequence). */
function sopInstanceUidsIn(text: string): readonly string[] {
  return [...text.matchAll(/"00081155":\{"vr":"UI","Value":\["([\d.]+)"\]/g)].map(([, uid = ""]) => uid);
}

function reasonOf(text: string, status: number): string {
  return /"00081197":\{"vr":"US","Value":\[(\d+)\]/.exec(text)?.[1] ?? `HTTP ${status}`;
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { bytesSource, readInstanceHeader, readPart10, transferSyntaxes } from "@etalon/dicom";

/** A file that holds pixels. */
export interface SharedImage {
  /** Relative to the folder that was searched. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly syntax: string;
  readonly photometric: string;
}

/**
 * Every image under a folder, by path. One whose SOP Instance UID an earlier file has with other bytes is given UIDs of its own,
 * as long as those it had: test sets hold one picture in many encodings, which an archive rightly refuses.
 */
export async function* sharedImages(folder: string): AsyncGenerator<SharedImage> {
  const seen = new Map<string, string>();
  for (const path of filesUnder(folder)) {
    const bytes = new Uint8Array(readFileSync(path));
    const name = relative(folder, path);
    const header = await headerOf(bytes, name);
    if (header === undefined || !header.hasPixelData) continue;
    const hash = createHash("sha256").update(bytes).digest("hex");
    const before = seen.get(header.sopInstanceUid);
    if (before === hash) continue;
    if (before === undefined) seen.set(header.sopInstanceUid, hash);
    const uids = [header.sopInstanceUid, header.seriesInstanceUid, header.studyInstanceUid];
    const own = before === undefined ? uids : withOwnUids(bytes, uids, hash);
    yield {
      path: name,
      bytes,
      studyInstanceUid: own[2] ?? "",
      seriesInstanceUid: own[1] ?? "",
      sopInstanceUid: own[0] ?? "",
      syntax: transferSyntaxes[header.transferSyntaxUid]?.name ?? header.transferSyntaxUid,
      photometric: header.photometricInterpretation,
    };
  }
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function headerOf(bytes: Uint8Array, name: string) {
  try {
    return readInstanceHeader(await readPart10(bytesSource(name, bytes), { until: "pixel-data" }), name);
  } catch {
    return undefined;
  }
}

/** Writes other UIDs of the same length over those of an object, wherever they stand. */
function withOwnUids(bytes: Uint8Array<ArrayBuffer>, uids: readonly string[], hash: string): readonly string[] {
  const buffer = Buffer.from(bytes.buffer);
  const digits = BigInt(`0x${hash}`).toString().padStart(78, "1");
  // A UID may be the beginning of another: the longest first.
  const changed = new Map<string, string>();
  for (const uid of [...new Set(uids)].sort((a, b) => b.length - a.length)) {
    const tail = Math.min(10, Math.max(1, uid.length - 8));
    const own =
      `${uid.slice(0, -tail).replace(/\.0*$/, ".1")}${digits.slice(1 + changed.size, 1 + changed.size + tail)}`.slice(
        0,
        uid.length,
      );
    changed.set(uid, own);
    for (let at = buffer.indexOf(uid); at >= 0; at = buffer.indexOf(uid, at + 1)) buffer.write(own, at, "latin1");
  }
  return uids.map((uid) => changed.get(uid) ?? uid);
}

import { EtalonError, sha256Hex } from "@etalon/base";
import type { ByteSource } from "@etalon/dicom";
import { readSideFile } from "@etalon/inputs";
import type { ReceivedOther } from "./received.ts";

/** No side file is longer, bytes. */
const longest = 1 << 20;

/** A JSON file that says how NIfTI images were taken; `undefined` for any other file. */
export async function receiveSideFile(path: string, source: ByteSource): Promise<ReceivedOther | undefined> {
  if (!path.toLowerCase().endsWith(".json") || source.size > longest) return undefined;
  const bytes = await source.read(0, source.size);
  const known = { path, sizeBytes: source.size, fileSha256: sha256Hex(bytes) };
  try {
    const sideFile = readSideFile(new TextDecoder().decode(bytes), path);
    return sideFile === undefined ? undefined : { ...known, sideFile, reason: { code: "side-file" } };
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    const details = { ...error.details, field: error.field, received: String(error.received ?? "") };
    return { ...known, reason: { code: "unreadable", errorCode: error.code, details } };
  }
}

import { sha256Hex } from "@etalon/base";
import type { ReceivedInstance } from "@etalon/volume";
import { buildInstanceHeader, type HeaderOverrides } from "./instance-header.ts";

/**
 * An object as the ledger receives it, its SOP Instance UID made from the path unless the header says one. The hashes are
 * those of what it says and of `content`, which stands for its pixels.
 */
export function buildReceivedInstance(path: string, overrides: HeaderOverrides = {}, content = ""): ReceivedInstance {
  const header = buildInstanceHeader({ sopInstanceUid: `1.2.3.${path}`, ...overrides });
  const dataSetSha256 = sha256Hex(JSON.stringify(header) + content);
  return { path, sizeBytes: 1000, fileSha256: sha256Hex(`file ${dataSetSha256}`), dataSetSha256, header };
}

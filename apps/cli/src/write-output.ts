import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { EtalonError } from "@etalon/base";

/**
 * Writes a file, with the folders it lies in.
 *
 * @throws {EtalonError} `file-unwritable` with what the operating system says
 */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** The `file-unwritable` error of a path, with what the operating system says of it. */
export function unwritable(path: string, cause: unknown): EtalonError {
  return new EtalonError("file-unwritable", {
    field: path,
    received: cause instanceof Error ? cause.message : String(cause),
    cause,
  });
}

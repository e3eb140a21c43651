import { readFile } from "node:fs/promises";
import { EtalonError } from "@etalon/base";

/**
 * Parsed JSON of a file.
 *
 * @throws {EtalonError} `file-not-found`, `file-unreadable`
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new EtalonError("file-not-found", { field: path, cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EtalonError("file-unreadable", {
      field: path,
      received: cause instanceof Error ? cause.message : "not JSON",
      cause,
    });
  }
}

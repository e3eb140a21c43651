import { readFile } from "node:fs/promises";
import { EtalonError } from "@etalon/base";
import { unreadable } from "./sources/unreadable.ts";

/**
 * Parsed JSON of a file.
 *
 * @throws {EtalonError} `file-not-found`, `file-unreadable`
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      throw new EtalonError("file-not-found", { field: path, cause });
    }
    throw unreadable(path, cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

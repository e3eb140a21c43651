import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResearchFileOptions } from "@etalon/volume";
import { type ReceivedFiles, receiveFiles } from "./receive-in-memory.ts";

/** Receives every file of a folder and of the folders in it. */
export function receiveFolder(folder: string, options?: ResearchFileOptions): Promise<ReceivedFiles> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return receiveFiles(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { name: path, bytes: new Uint8Array(readFileSync(path)) };
    }),
    options,
  );
}

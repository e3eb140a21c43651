import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Marks } from "@etalon/measure";
import type { Ledger } from "@etalon/volume";
import { requireRead } from "./role-files.ts";

/** Where the label maps of marks stand, by the name that the marks give them: beside the marks, or where the command runs. */
export function labelMapPaths(marks: Marks | null, marksPath: string | undefined): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { file } of marks?.labelMaps ?? []) {
    const beside = resolve(dirname(marksPath ?? "."), file);
    const found = [beside, resolve(file)].find((path) => existsSync(path));
    if (found !== undefined) paths.set(file, found);
  }
  return paths;
}

/**
 * The marks, each label map with the hash of the file it was found in.
 *
 * @throws {EtalonError} what the reading of a label map threw, where it could not be used
 */
export function withLabelMapHashes(
  marks: Marks | null,
  paths: ReadonlyMap<string, string>,
  ledger: Ledger,
): Marks | null {
  if (marks?.labelMaps === undefined) return marks;
  const labelMaps = marks.labelMaps.map((labelMap) => {
    const path = paths.get(labelMap.file);
    const entry = ledger.entries.find((one) => one.path === path);
    if (path !== undefined) requireRead(path, entry);
    const hash = entry?.dataSetSha256;
    return hash === undefined || labelMap.dataSetSha256 !== undefined ? labelMap : { ...labelMap, dataSetSha256: hash };
  });
  return { ...marks, labelMaps };
}

import type { JsonValue } from "@etalon/base";
import { createDicomdir, derivedUid, fromDicomJson } from "@etalon/dicom";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive, StoredInstance } from "../archive/archive.ts";
import { memoryEntry, type ZipEntry } from "../zip/zip-entry.ts";
import { createFilePaths } from "./file-path.ts";

/** Studies as files, as they were received, and what names them: a file-set of PS3.10. */
export interface StudyEntries {
  readonly entries: readonly ZipEntry[];
  readonly instances: readonly StoredInstance[];
}

/** The current instances of studies that a scope sees, verbatim, with a DICOMDIR; of studies that it does not see, nothing. */
export async function studyEntries(
  archive: Archive,
  scope: AccessScope,
  studyInstanceUids: readonly string[],
): Promise<StudyEntries> {
  const directory = createDicomdir();
  const paths = createFilePaths();
  const entries: ZipEntry[] = [];
  const instances: StoredInstance[] = [];
  for (const studyInstanceUid of studyInstanceUids) {
    const named = new Map<string, { readonly instance: StoredInstance; readonly path: readonly string[] }>();
    for (const instance of await archive.instances(scope, { studyInstanceUid })) {
      const path = paths.next(instance);
      named.set(instance.dataSetSha256, { instance, path });
      const open = () => archive.open(scope, instance);
      entries.push({ name: path.join("/"), sizeBytes: instance.sizeBytes, open });
      instances.push(instance);
    }
    if (named.size === 0) continue;
    for await (const { dataSetSha256, json } of archive.metadataTexts(scope, { studyInstanceUid })) {
      const file = named.get(dataSetSha256);
      if (file === undefined) continue;
      // What was written by JSON.stringify at ingest.
      const dataSet = fromDicomJson(JSON.parse(json) as JsonValue);
      directory.add({ fileId: file.path, transferSyntaxUid: file.instance.transferSyntaxUid, dataSet });
    }
  }
  const uid = derivedUid(`dicomdir\n${instances.map(({ dataSetSha256 }) => dataSetSha256).join("\n")}`);
  return { entries: [memoryEntry("DICOMDIR", directory.bytes(uid)), ...entries], instances };
}

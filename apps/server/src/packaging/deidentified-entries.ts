import { EtalonError } from "@etalon/base";
import {
  bytesSource,
  type Change,
  type CodecSet,
  type ConfidentialityProfile,
  createDicomdir,
  type DeidentifiedPart10,
  deidentifyPart10,
  derivedUid,
  readPart10,
  textOf,
} from "@etalon/dicom";
import type { AccessScope } from "../archive/access-scope.ts";
import type { Archive, StoredInstance } from "../archive/archive.ts";
import { archiveSource } from "../archive/archive-source.ts";
import { memoryEntry, type ZipEntry } from "../zip/zip-entry.ts";
import { createFilePaths } from "./file-path.ts";
import type { InTurn } from "./in-turn.ts";

/** How studies leave without identity. */
export interface Deidentifying {
  readonly profile: ConfidentialityProfile;
  /** Of the project or the share: the same key, the same pseudonyms. */
  readonly key: Uint8Array;
  readonly codecs: CodecSet;
  /** Lets one object be in memory at a time, whoever asks. */
  readonly inTurn: InTurn;
}

/** An object is held in memory, whole and a second time as it is written: longer ones are refused. */
const mostBytes = 1024 ** 3;

interface WrittenFile {
  readonly written: string;
  readonly pixels: DeidentifiedPart10["pixels"];
  readonly changes: readonly Change[];
}

/**
 * Studies without identity, a file at a time. Then a DICOMDIR, and `report.json`
 * (`etalon.deidentification/1`): what was changed where, and what was refused by class and reason. Neither says what stood
 * there before.
 *
 * @param onEnd told of how many objects were written and refused, before the last file is given
 */
export async function* deidentifiedEntries(
  archive: Archive,
  asked: { readonly scope: AccessScope; readonly studyInstanceUids: readonly string[]; readonly how: Deidentifying },
  onEnd: (counts: { readonly written: number; readonly refused: number }) => Promise<void>,
): AsyncGenerator<ZipEntry, void, void> {
  const { scope, studyInstanceUids, how } = asked;
  const directory = createDicomdir();
  const paths = createFilePaths();
  const files: WrittenFile[] = [];
  const uids: string[] = [];
  const refused = new Map<string, { readonly sopClassUid: string; readonly code: string; count: number }>();
  for (const studyInstanceUid of studyInstanceUids) {
    for (const instance of await archive.instances(scope, { studyInstanceUid })) {
      const done = await deidentified(archive, { scope, instance, how });
      if (typeof done === "string") {
        const key = `${instance.sopClassUid} ${done}`;
        const known = refused.get(key) ?? { sopClassUid: instance.sopClassUid, code: done, count: 0 };
        known.count += 1;
        refused.set(key, known);
        continue;
      }
      const { bytes, pixels, changes, sopInstanceUid } = done;
      const { dataSet, transferSyntaxUid } = await readPart10(bytesSource(sopInstanceUid, bytes), {
        until: "pixel-data",
      });
      const place = {
        studyInstanceUid: textOf(dataSet, "0020000D") ?? "",
        seriesInstanceUid: textOf(dataSet, "0020000E") ?? "",
      };
      const fileId = paths.next(place);
      directory.add({ fileId, transferSyntaxUid, dataSet });
      files.push({ written: fileId.join("/"), pixels, changes });
      uids.push(sopInstanceUid);
      yield memoryEntry(fileId.join("/"), bytes);
    }
  }
  yield memoryEntry("DICOMDIR", directory.bytes(derivedUid(`dicomdir\n${uids.join("\n")}`)));
  const counts = [...refused.values()];
  const report = { schema: "etalon.deidentification/1", profile: how.profile, files, refused: counts };
  await onEnd({ written: files.length, refused: counts.reduce((sum, { count }) => sum + count, 0) });
  yield memoryEntry("report.json", `${JSON.stringify(report, null, 2)}\n`);
}

/** An object without identity, or the code of why it cannot be. */
async function deidentified(
  archive: Archive,
  asked: { readonly scope: AccessScope; readonly instance: StoredInstance; readonly how: Deidentifying },
): Promise<DeidentifiedPart10 | string> {
  const { scope, instance, how } = asked;
  if (instance.sizeBytes > mostBytes) return "memory-exceeded";
  const { profile, key, codecs } = how;
  const source = archiveSource(archive, { scope, instance });
  try {
    return await how.inTurn(() => deidentifyPart10(source, { profile, context: { key }, codecs }));
  } catch (thrown) {
    if (!(thrown instanceof EtalonError) || passing.has(thrown.code)) throw thrown;
    return thrown.code;
  }
}

/** What says nothing of the object: the whole is tried again. */
const passing: ReadonlySet<string> = new Set([
  "blob-missing",
  "store-failed",
  "instance-not-found",
  "archive-unavailable",
]);

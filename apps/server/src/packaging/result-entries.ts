import type { Kysely } from "kysely";
import type { AccessScope } from "../archive/access-scope.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { type FoundResult, findResults, readResult } from "../results/find-results.ts";
import { memoryEntry, type ZipEntry } from "../zip/zip-entry.ts";

/** Results that count of one study, in one answer. */
const mostResults = 1000;

/** The results that count of studies, the newest first of each. */
export async function resultsOf(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  studyInstanceUids: readonly string[],
): Promise<readonly FoundResult[]> {
  const found: FoundResult[] = [];
  for (const studyInstanceUid of studyInstanceUids) {
    const asked = { studyInstanceUid, withSuperseded: false, limit: mostResults, offset: 0 };
    found.push(...(await findResults(database, scope, asked)).results);
  }
  return found;
}

/** The same as files: each as it was computed, which `etalon verify` replays on the images. */
export async function resultEntries(
  database: Kysely<ArchiveDatabase>,
  scope: AccessScope,
  studyInstanceUids: readonly string[],
): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const { digest, protocol } of await resultsOf(database, scope, studyInstanceUids)) {
    const name = `RESULTS/${protocol.replaceAll("/", "-")}-${digest.slice(0, 8)}.json`;
    entries.push(memoryEntry(name, await readResult(database, scope, digest)));
  }
  return entries;
}

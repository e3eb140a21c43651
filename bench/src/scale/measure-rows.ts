import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sharedDataPath } from "@etalon/testing";
import { fillStudies } from "../../../apps/server/src/archive/testing/fill-studies.ts";
import { multiplyInstances } from "../../../apps/server/src/archive/testing/multiply-instances.ts";
import { openTestArchive, type TestArchive } from "../../../apps/server/src/archive/testing/open-test-archive.ts";
import { tableSize } from "../../../apps/server/src/testing/table-size.ts";

/** What rows of one table take of the database. */
export interface RowSize {
  readonly table: string;
  readonly rows: number;
  /** Bytes a row: the table with what it keeps outside its pages. */
  readonly heap: number;
  /** Bytes a row: its indexes. */
  readonly indexes: number;
}

/** Headers of scanners, as they came: Canon, GE and Siemens, CT and MR. */
const folders: readonly string[] = [
  "1-calcium/qrm-canon-large-rep1",
  "1-calcium/chest-ct-ibsi1-phantom",
  "5-brain/ct-head-ge-gantrytilt",
  "5-brain/gre-fieldmap-siemens-magphase",
];

/**
 * Fills an index with studies and series, and with instances whose headers are those of real scanners, repeated under other
 * UIDs and hashes; then asks PostgreSQL what each table takes.
 */
export async function measureRows({
  studies,
  instances,
}: {
  readonly studies: number;
  readonly instances: number;
}): Promise<{
  readonly sizes: readonly RowSize[];
  /** Stored files that the instances are made of. */
  readonly headers: number;
}> {
  const archive = await openTestArchive();
  try {
    const headers = await storeHeaders(archive);
    await multiplyInstances(archive.database.kysely, Math.ceil(instances / headers));
    const size = await sizeOf(archive, "instance");
    // Instances alone first: the studies below have none.
    await fillStudies(archive.database.kysely, archive.database.siteId, studies);
    return { headers, sizes: [await sizeOf(archive, "study"), await sizeOf(archive, "series"), size] };
  } finally {
    await archive.close();
  }
}

async function storeHeaders({ archive, scope }: TestArchive): Promise<number> {
  let stored = 0;
  for (const folder of folders) {
    const path = sharedDataPath(folder);
    if (path === undefined) throw new Error(`${folder} is not in the shared data`);
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name));
      if (bytes.toString("latin1", 128, 132) !== "DICM") continue;
      const answer = await archive.store(scope, { form: "part10", bytes: inOnePiece(bytes) });
      if (answer.kind === "stored") stored += 1;
    }
  }
  return stored;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function sizeOf({ database: { kysely } }: TestArchive, table: string): Promise<RowSize> {
  const { rows, heap, indexes } = await tableSize(kysely, table);
  return { table, rows, heap: heap / rows, indexes: indexes / rows };
}

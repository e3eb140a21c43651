import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BlobStore } from "../../store/blob-store.ts";
import { createFileBlobStore } from "../../store/file-blob-store.ts";
import { startTestDatabase, type TestDatabase } from "../../testing/start-test-database.ts";
import type { AccessScope } from "../access-scope.ts";
import type { Archive } from "../archive.ts";
import { createArchive } from "../create-archive.ts";

/** An archive of one test file, empty at first. */
export interface TestArchive {
  readonly archive: Archive;
  readonly database: TestDatabase;
  readonly store: BlobStore;
  readonly scope: AccessScope;
  /** Holds the blobs. */
  readonly folder: string;
  /** Forgets everything that was stored. */
  readonly empty: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens an archive on a PostgreSQL (`server` as `startTestDatabase` takes it) and a folder of its own. */
export async function openTestArchive(server?: string): Promise<TestArchive> {
  const folder = await mkdtemp(join(tmpdir(), "etalon-archive-"));
  const database = await startTestDatabase(server);
  const store = await createFileBlobStore(folder);
  const { kysely, siteId } = database;
  return {
    archive: createArchive({ database: kysely, store }),
    database,
    store,
    scope: { siteId, actor: "test", purpose: "test" },
    folder,
    empty: async () => {
      for (const table of ["instance", "series", "study", "removed_blob"] as const)
        await kysely.deleteFrom(table).execute();
      for await (const { sha256 } of store.list()) await store.remove(sha256);
    },
    close: async () => {
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { pino } from "pino";
import { migrateToLatest } from "../database/migrate.ts";
import { openDatabase } from "../database/open-database.ts";
import type { ArchiveDatabase } from "../database/schema.ts";
import { startEmbeddedDatabase } from "../postgres/embedded-database.ts";
import { findInstalledBinaries } from "../postgres/postgres-binaries.ts";

/** Folder of Debian's PostgreSQL 15: the oldest that the archive's SQL must pass on. */
export const debianPostgres15 = "/usr/lib/postgresql/15";

/** A PostgreSQL of one test file. */
export interface TestDatabase {
  readonly connectionString: string;
  /** Migrated, with the default site. */
  readonly kysely: Kysely<ArchiveDatabase>;
  /** Id of the default site. */
  readonly siteId: number;
  /** Ends PostgreSQL and removes its files. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL in a temporary folder: about a second. For `beforeAll`, with {@link TestDatabase.stop} in `afterAll`.
 *
 * @param server the embedded one, or the folder of one installed on this machine, as {@link debianPostgres15}
 */
export async function startTestDatabase(server = "embedded"): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "etalon-test-"));
  // Before version 16 PostgreSQL walks to its data folder by name, also where it runs as another user.
  if (server !== "embedded") await chmod(folder, 0o711);
  const binaries = server === "embedded" ? {} : { binaries: await findInstalledBinaries(server) };
  const log = pino({ enabled: false });
  const postgres = await startEmbeddedDatabase({
    folder,
    log,
    isLasting: false,
    settings: { fsync: "off", shared_buffers: "32MB" },
    ...binaries,
  });
  const { connectionString } = postgres;
  const database = openDatabase({ connectionString, poolSize: 4, log });
  await migrateToLatest(database.kysely);
  const { id: siteId } = await database.kysely.selectFrom("site").select("id").executeTakeFirstOrThrow();
  return {
    connectionString,
    kysely: database.kysely,
    siteId,
    stop: async () => {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

import { EtalonError } from "@etalon/base";
import { type Kysely, sql } from "kysely";
import { createArchiveTables } from "./migrations/0001-archive.ts";
import { createWorklistTable } from "./migrations/0002-worklist.ts";
import { createStorageCommitmentTable } from "./migrations/0003-storage-commitment.ts";
import { createAnalysisTables } from "./migrations/0004-analyses.ts";
import { createAccountTables } from "./migrations/0005-accounts.ts";
import { createAuditTables } from "./migrations/0006-audit.ts";
import { createShareTables } from "./migrations/0007-shares.ts";
import { createLegalHoldTable } from "./migrations/0008-legal-holds.ts";
import { createRemovedBlobTable } from "./migrations/0009-removed-blobs.ts";
import { createReadingTables } from "./migrations/0011-readings.ts";
import { createResultMapTable } from "./migrations/0012-result-maps.ts";
import type { ArchiveDatabase } from "./schema.ts";

/** A step of the database's history, forward only. */
interface Migration {
  /** Number and subject; never changed once it was released. */
  readonly name: string;
  readonly up: (database: Kysely<ArchiveDatabase>) => Promise<void>;
}

/** Every migration, oldest first. A released one is never edited: what it missed is a new one. */
const migrations: readonly Migration[] = [
  { name: "0001-archive", up: createArchiveTables },
  { name: "0002-worklist", up: createWorklistTable },
  { name: "0003-storage-commitment", up: createStorageCommitmentTable },
  { name: "0004-analyses", up: createAnalysisTables },
  { name: "0005-accounts", up: createAccountTables },
  { name: "0006-audit", up: createAuditTables },
  { name: "0007-shares", up: createShareTables },
  { name: "0008-legal-holds", up: createLegalHoldTable },
  { name: "0009-removed-blobs", up: createRemovedBlobTable },
  { name: "0011-readings", up: createReadingTables },
  { name: "0012-result-maps", up: createResultMapTable },
];

/** Names of all migrations that this program knows, oldest first. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/** Key of the advisory lock: "etalon" in ASCII. */
const lockKey = "111550525108078";

/** Oldest server whose SQL we speak, as `server_version_num` says it. */
const oldestServer = { number: 150_000, name: "15" };

/**
 * Brings a database to this program's schema: each migration that it lacks, in one transaction with the others, so that it
 * has all of them or none. Programs that start at once wait for each other.
 *
 * @returns names of the migrations that were applied
 * @throws {EtalonError} `database-unusable` where the server is older than PostgreSQL 15 or does not keep UTF-8,
 *   `database-newer` where it has migrations that this program does not know, `migration-failed`
 */
export function migrateToLatest(database: Kysely<ArchiveDatabase>): Promise<readonly string[]> {
  return migrate(database, new Set(migrationNames));
}

/**
 * Brings a database to an earlier schema of this program, as for a backup of that time; it is never taken back to one.
 *
 * @returns names of all the migrations that it has now
 * @throws {EtalonError} as {@link migrateToLatest}
 */
export async function migrateTo(
  database: Kysely<ArchiveDatabase>,
  wanted: ReadonlySet<string>,
): Promise<readonly string[]> {
  await migrate(database, wanted);
  return [...(await readApplied(database))];
}

async function migrate(database: Kysely<ArchiveDatabase>, wanted: ReadonlySet<string>): Promise<readonly string[]> {
  await refuseUnusable(database);
  return database.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(${lockKey}::bigint)`.execute(transaction);
    const applied = await readApplied(transaction);
    const unknown = [...applied].filter((name) => !migrations.some((known) => known.name === name));
    if (unknown.length > 0) {
      throw new EtalonError("database-newer", { field: "migration", received: unknown.join(", ") });
    }
    const missing = migrations.filter(({ name }) => wanted.has(name) && !applied.has(name));
    for (const migration of missing) await apply(migration, transaction);
    return missing.map(({ name }) => name);
  });
}

async function refuseUnusable(database: Kysely<ArchiveDatabase>): Promise<void> {
  const { rows } = await sql<{ readonly number: number; readonly name: string; readonly encoding: string }>`
    SELECT current_setting('server_version_num')::integer AS number, current_setting('server_version') AS name,
      current_setting('server_encoding') AS encoding`.execute(database);
  for (const { number, name, encoding } of rows) {
    if (number < oldestServer.number) throw unusable("server_version", name, `≥ ${oldestServer.name}`);
    if (encoding !== "UTF8") throw unusable("server_encoding", encoding, "UTF8");
  }
}

function unusable(field: string, received: string, expected: string): EtalonError {
  return new EtalonError("database-unusable", { field, received, details: { expected } });
}

async function readApplied(database: Kysely<ArchiveDatabase>): Promise<ReadonlySet<string>> {
  await sql`CREATE TABLE IF NOT EXISTS migration (
    name text COLLATE "C" PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`.execute(database);
  const { rows } = await sql<{ readonly name: string }>`SELECT name FROM migration`.execute(database);
  return new Set(rows.map(({ name }) => name));
}

async function apply({ name, up }: Migration, database: Kysely<ArchiveDatabase>): Promise<void> {
  try {
    await up(database);
    await sql`INSERT INTO migration (name) VALUES (${name})`.execute(database);
  } catch (cause) {
    throw new EtalonError("migration-failed", { field: name, received: String(cause), cause });
  }
}

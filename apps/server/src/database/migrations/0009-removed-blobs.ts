import { type Kysely, sql } from "kysely";
import type { ArchiveDatabase } from "../schema.ts";

/**
 * Blobs that are to go: what a deletion left behind in the store until it is done, and what no row was seen to name. And when an
 * image was committed to (PS3.4 annex J).
 */
export async function createRemovedBlobTable(database: Kysely<ArchiveDatabase>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(database);
}

const statements = [
  `CREATE TABLE removed_blob (
    sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
    reason text COLLATE "C" NOT NULL CHECK (reason IN ('deleted', 'orphan')),
    noted_at timestamptz NOT NULL
  )`,
  "ALTER TABLE instance ADD COLUMN committed_at timestamptz",
];
